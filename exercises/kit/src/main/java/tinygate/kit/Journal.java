package tinygate.kit;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file in which a child JVM notes what it does, line by line and at once. What it says before
 * it crashes, hangs or is ended is still there afterwards; and the student's code can print what it
 * likes, since the standard output carries no word of it.
 */
final class Journal implements Closeable {
    private final BufferedWriter out;

    /** What happened, in the order in which it can happen. */
    enum Kind {
        START,
        STEP,
        PASSED,
        SKIPPED,
        FAILED,
        UNDONE,
        BLOCKED,
        HANGING,
        EXITED,
        BROKEN,
        END
    }

    /**
     * @param what the name of the test, or what there is to say of it
     */
    record Entry(Kind kind, String what) {}

    Journal(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    synchronized void note(Kind kind, String what) {
        try {
            out.write(kind.name() + ' ' + what.replace("\\", "\\\\").replace("\n", "\\n") + '\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the grader's notes cannot be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Everything that was noted; a last line that was not written to its end is left out. */
    static List<Entry> read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (int from = 0, to; (to = text.indexOf('\n', from)) >= 0; from = to + 1) {
            int space = text.indexOf(' ', from);
            String what = text.substring(space + 1, to).translateEscapes();
            entries.add(new Entry(Kind.valueOf(text.substring(from, space)), what));
        }
        return entries;
    }
}
