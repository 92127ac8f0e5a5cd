package tinygate.iouring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import tinygate.linux.NativeMemory;

/** The words of a piece of memory that is shared with the kernel; offsets are aligned bytes. */
final class MappedWords implements SharedWords {
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORT =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private final NativeMemory memory;

    MappedWords(NativeMemory memory) {
        this.memory = memory;
    }

    @Override
    public int get(int offset) {
        return (int) INT.get(memory.buffer(), offset);
    }

    @Override
    public int getAcquire(int offset) {
        return (int) INT.getAcquire(memory.buffer(), offset);
    }

    @Override
    public void setRelease(int offset, int value) {
        INT.setRelease(memory.buffer(), offset, value);
    }

    @Override
    public void setRelease16(int offset, short value) {
        SHORT.setRelease(memory.buffer(), offset, value);
    }
}
