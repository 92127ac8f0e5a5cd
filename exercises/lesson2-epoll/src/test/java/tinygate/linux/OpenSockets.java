package tinygate.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel tells of this process's sockets, below {@code /proc/self}; see proc(5). */
final class OpenSockets {
    private static final Path SELF = Path.of("/proc/self");

    private OpenSockets() {}

    static long count() throws IOException {
        try (Stream<Path> descriptors = Files.list(SELF.resolve("fd"))) {
            return descriptors.filter(OpenSockets::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (NoSuchFileException e) {
            return false; // it was the listing's own
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flags that open(2) tells of: O_NONBLOCK, O_CLOEXEC and others. */
    static int flags(int fd) throws IOException {
        List<String> lines = Files.readAllLines(SELF.resolve("fdinfo/" + fd));
        String flags =
                lines.stream().filter(line -> line.startsWith("flags:")).findFirst().orElseThrow();
        return Integer.parseInt(flags.substring("flags:".length()).strip(), 8);
    }
}
