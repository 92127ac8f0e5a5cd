package tinygate.book;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tinygate.book.Transcript.Step;

/** Every shell session of the book is tried again: the machine must answer what the book shows. */
class TranscriptsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String SHOWN_ADDRESS = "127.0.0.1:8080";
    private static final String SHOWN_DIRECTORY = "/tmp/";
    private static final String MARK = "--- next step ---";
    private static final int LIMIT_SECONDS = 120;

    /** How strace and perf say that they may not look. */
    private static final List<String> FORBIDDEN =
            List.of("Operation not permitted", "No permissions to read");

    /** The sessions wait as a reader does, with sleep, which a busy machine can make too short. */
    private static final int MOST_TRIES = 3;

    @TempDir private Path directory;

    @TestFactory
    Stream<DynamicTest> theMachineAnswersWhatTheBookShows() throws IOException {
        List<Transcript> transcripts = new ArrayList<>();
        for (Path chapter : chapters()) {
            transcripts.addAll(Transcript.of(chapter, ROOT.relativize(chapter).toString()));
        }
        return transcripts.stream().map(t -> DynamicTest.dynamicTest(t.place(), () -> check(t)));
    }

    private static List<Path> chapters() throws IOException {
        List<Path> chapters = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path sources = module.resolve("src/docs/asciidoc");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.list(sources)) {
                        files.filter(f -> f.toString().endsWith(".adoc")).forEach(chapters::add);
                    }
                }
            }
        }
        return chapters;
    }

    private void check(Transcript transcript) throws IOException, InterruptedException {
        for (String program : transcript.needs()) {
            assumeTrue(installed(program), program + " is not installed");
        }
        String difference = "";
        for (int i = 0; i < MOST_TRIES; i++) {
            difference = difference(transcript);
            if (difference.isEmpty()) {
                return;
            }
        }
        fail(difference);
    }

    /** What the machine answers differently from what the book shows; empty if nothing. */
    private String difference(Transcript transcript) throws IOException, InterruptedException {
        List<List<String>> answers = answers(transcript);
        for (int i = 0; i < answers.size(); i++) {
            Step step = transcript.steps().get(i);
            List<String> answer = answers.get(i);
            assumeFalse(
                    FORBIDDEN.stream().anyMatch(answer.toString()::contains),
                    () -> "this machine forbids it: " + answer);
            if (!Answer.is(step.answer(), answer)) {
                return "%s: $ %s%nthe book shows:%n%s%nthe machine answered:%n%s"
                        .formatted(
                                transcript.place(),
                                step.command(),
                                String.join("\n", step.answer()),
                                String.join("\n", answer));
            }
        }
        return "";
    }

    private List<List<String>> answers(Transcript transcript)
            throws IOException, InterruptedException {
        if (transcript.gate().equals(Transcript.NO_GATE)) {
            return run(transcript, SHOWN_ADDRESS, "");
        }
        try (ShownGate gate = new ShownGate(ROOT, transcript.gate(), transcript.options())) {
            return run(transcript, gate.address(), "pid=" + gate.pid() + "\n");
        }
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /**
     * Runs all steps in one shell, as a reader does.
     *
     * @param before what the shell must know first
     * @return what each step answered
     */
    private List<List<String>> run(Transcript transcript, String address, String before)
            throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("trap 'pkill -P $$' EXIT\n").append(before);
        for (Step step : transcript.steps()) {
            script.append(
                    step.command()
                            .replace(SHOWN_ADDRESS, address)
                            .replace(SHOWN_DIRECTORY, directory + "/"));
            script.append("\necho '").append(MARK).append("'\n");
        }
        Path output = Files.createTempFile(directory, "shell", ".out");
        Process shell =
                new ProcessBuilder("bash", "-c", script.toString())
                        .directory(ROOT.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!shell.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            shell.destroyForcibly();
            throw new AssertionError(
                    transcript.place() + " did not end in " + LIMIT_SECONDS + " s");
        }
        String text = Files.readString(output).replace(address, SHOWN_ADDRESS);
        return Stream.of(text.split(MARK + "\n", -1))
                .map(part -> part.lines().map(line -> line.replace("\r", "")).toList())
                .limit(transcript.steps().size())
                .toList();
    }
}
