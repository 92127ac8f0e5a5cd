package tinygate.iouring;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A file, nearly all of it a hole, in the place of a ring's descriptor: it can be mapped where a
 * ring can, and tells what was written there.
 */
final class RingFile implements AutoCloseable {
    private static final int ENTRIES = 0x1000_0000;

    private final Path path;
    private final RandomAccessFile file;

    RingFile() throws IOException {
        path = Files.createTempFile("ring", "").toRealPath();
        file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(ENTRIES + 8192);
    }

    /** Its descriptor. */
    int fd() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(this::isThis)
                    .map(fd -> Integer.parseInt(fd.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private boolean isThis(Path link) {
        try {
            return Files.readSymbolicLink(link).equals(path);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** How often it is mapped now. */
    long mappings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.endsWith(path.toString())).count();
        }
    }

    /** A byte of the first mapping's range, or of the second's. */
    int at(boolean entries, int offset) {
        try {
            file.seek((entries ? ENTRIES : 0) + offset);
            return file.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a byte everywhere in the first range. */
    void fillQueues(int value) throws IOException {
        byte[] bytes = new byte[4096];
        Arrays.fill(bytes, (byte) value);
        file.seek(0);
        file.write(bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
        Files.delete(path);
    }
}
