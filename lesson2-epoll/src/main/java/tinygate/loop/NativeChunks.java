package tinygate.loop;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.relay.Chunk;

/**
 * One loop's chunks, in native memory that the kernel reads and writes directly. The chunk that was
 * given back last is lent first: it is still in the processor's cache. An idle connection holds
 * none, so there are as many as connections are in the middle of something.
 */
public final class NativeChunks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NativeChunks.class);

    /** Free chunks beyond this are given back to the kernel. */
    private static final int MOST_FREE = 256;

    private final Linux linux;
    private final int chunkBytes;
    private final List<NativeChunk> free = new ArrayList<>();
    private int lent;
    private boolean refused; // by the kernel, the last time

    /** A chunk and the address of its memory. */
    public final class NativeChunk extends Chunk {
        private final NativeMemory memory;

        private NativeChunk(NativeMemory memory) {
            super(memory.buffer());
            this.memory = memory;
        }

        /** Where the chunk's bytes begin. */
        public long address() {
            return memory.address() + bytes().position();
        }

        @Override
        protected void recycle() {
            lent--;
            if (free.size() < MOST_FREE) {
                free.add(this);
            } else {
                memory.close();
            }
        }
    }

    public NativeChunks(Linux linux, int chunkBytes) {
        this.linux = linux;
        this.chunkBytes = chunkBytes;
    }

    /**
     * An empty chunk, which belongs to the caller.
     *
     * @throws UncheckedIOException if the kernel has no memory for it
     */
    public NativeChunk take() {
        NativeChunk chunk = free.isEmpty() ? allocate() : free.remove(free.size() - 1);
        chunk.lend();
        lent++;
        return chunk;
    }

    /**
     * Whether a chunk can be taken. If the kernel has no memory for one, that is logged, once until
     * it has again.
     */
    public boolean available() {
        try {
            if (free.isEmpty()) {
                free.add(allocate());
            }
            refused = false;
        } catch (UncheckedIOException e) {
            if (!refused) {
                LOG.warn(
                        "no memory to receive into, will try again: {}", e.getCause().getMessage());
            }
            refused = true;
        }
        return !refused;
    }

    /** The capacity of each. */
    public int chunkBytes() {
        return chunkBytes;
    }

    /** How many chunks are somebody's now. */
    public int lent() {
        return lent;
    }

    private NativeChunk allocate() {
        try {
            return new NativeChunk(NativeMemory.allocate(linux, chunkBytes));
        } catch (LinuxException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        free.forEach(chunk -> chunk.memory.close());
        free.clear();
    }
}
