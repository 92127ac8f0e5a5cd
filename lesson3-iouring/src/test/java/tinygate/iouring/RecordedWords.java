package tinygate.iouring;

import java.util.ArrayList;
import java.util.List;
import tinygate.linux.NativeMemory;

/** Words that note how they were accessed: on x86 a wrong way would go unnoticed. */
final class RecordedWords implements SharedWords {
    final List<String> accesses = new ArrayList<>();
    private final NativeMemory memory;
    private final MappedWords words;

    RecordedWords(NativeMemory memory) {
        this.memory = memory;
        this.words = new MappedWords(memory);
    }

    /** Writes a word as the kernel would. */
    void kernelSets(int offset, int value) {
        memory.buffer().putInt(offset, value);
    }

    int kernelGets(int offset) {
        return memory.buffer().getInt(offset);
    }

    @Override
    public int get(int offset) {
        accesses.add("get " + offset);
        return words.get(offset);
    }

    @Override
    public int getAcquire(int offset) {
        accesses.add("getAcquire " + offset);
        return words.getAcquire(offset);
    }

    @Override
    public void setRelease(int offset, int value) {
        accesses.add("setRelease " + offset);
        words.setRelease(offset, value);
    }

    @Override
    public void setRelease16(int offset, short value) {
        accesses.add("setRelease16 " + offset);
        words.setRelease16(offset, value);
    }
}
