package tinygate.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * The day when no descriptor is left: lowers this process's limit (RLIMIT_NOFILE, see prlimit(2))
 * to what is open, and takes all that lies in between. Closing it makes all as it was. Meanwhile no
 * class may be loaded from a file, so what a test needs it uses once before.
 */
public final class NoDescriptors implements AutoCloseable {
    private static final int RLIMIT_NOFILE = 7;
    private static final int LIMIT = 0; // struct rlimit64: the soft limit, the hard one
    private static final int OLD = 16;

    private final Linux linux = new Linux();
    private final NativeMemory memory;
    private final long usual;
    private final Deque<Integer> taken = new ArrayDeque<>(1_000);

    /**
     * @param left how many descriptors are left all the same
     */
    public NoDescriptors(int left) throws IOException {
        memory = NativeMemory.allocate(linux, 32);
        prlimit(0, memory.address() + OLD);
        usual = memory.buffer().getLong(OLD);
        long hard = memory.buffer().getLong(OLD + 8);
        memory.buffer().putLong(LIMIT + 8, hard);
        setLimit(highest() + 1 + left);
        for (int fd = newDescriptor(); fd >= 0; fd = newDescriptor()) {
            taken.push(fd);
        }
        for (int i = 0; i < left; i++) {
            linux.close(taken.pop());
        }
    }

    private static int highest() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .mapToInt(path -> Integer.parseInt(path.getFileName().toString()))
                    .max()
                    .orElseThrow();
        }
    }

    private int newDescriptor() {
        return linux.eventfd(0, Constants.EFD_CLOEXEC);
    }

    private void setLimit(long soft) throws LinuxException {
        memory.buffer().putLong(LIMIT, soft);
        prlimit(memory.address() + LIMIT, 0);
    }

    private void prlimit(long limit, long old) throws LinuxException {
        int number = Machine.current() == Machine.X86_64 ? 302 : 261;
        LinuxException.check(
                "prlimit", "", (int) linux.syscall(number, 0, RLIMIT_NOFILE, limit, old, 0, 0));
    }

    @Override
    public void close() throws LinuxException {
        setLimit(usual);
        taken.forEach(linux::close);
        memory.close();
    }
}
