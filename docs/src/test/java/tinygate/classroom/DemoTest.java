package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a class sees it: in a process of its own, with the real gates. */
@Timeout(150)
class DemoTest {
    private static final long LIMIT_SECONDS = 120;

    @TempDir Path directory;
    private Process demo;

    @AfterEach
    void end() throws InterruptedException {
        demo.destroy();
        if (!demo.waitFor(10, TimeUnit.SECONDS)) {
            demo.destroyForcibly();
        }
    }

    @Test
    void itShowsEveryGateThenTheWallAndExitsWith0() throws Exception {
        start(
                "--seconds=2",
                "--warm-up=0",
                "--connections=4",
                "--slow-clients=2",
                "--wall-seconds=1");
        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        String output = output();
        assertThat(demo.exitValue()).as(output).isZero();
        assertThat(output)
                .contains("== workers: lesson 1")
                .containsPattern("requests +[1-9]")
                .containsPattern("p99 latency, ms +[0-9.]+")
                .containsPattern("CPU us per request +[0-9.]+")
                .containsPattern("errors +0")
                .contains("== workers: the wall")
                .contains("  slow clients: ");
        assertThat(output.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void aSignalEndsTheGateToo() throws Exception {
        start("--seconds=60");
        ProcessHandle gate =
                await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                        .until(
                                () ->
                                        output().contains("warms up")
                                                ? demo.children().findFirst().orElse(null)
                                                : null,
                                found -> found != null);
        demo.destroy(); // SIGTERM; a Ctrl-C takes the same way
        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("the demo ended").isTrue();
        gate.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aWrongResponseMakesItExitWith1() throws Exception {
        // One is served, 128 wait in the gate's queue, the others are answered 503.
        start("--seconds=3", "--warm-up=0", "--connections=140", "--workers=1", "--wall-seconds=0");
        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        assertThat(output()).contains("workers: wrong status").contains("503 instead of 200");
        assertThat(demo.exitValue()).isEqualTo(1);
    }

    @Test
    void aNumberOutOfBoundsIsRefused() throws Exception {
        start("--connections=0");
        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        assertThat(demo.exitValue()).isEqualTo(2);
        assertThat(output()).contains("--connections 0: give 1 to 10000");
    }

    @Test
    void anUnknownOptionIsRefused() throws Exception {
        start("--minutes=2");
        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        assertThat(demo.exitValue()).isEqualTo(2);
        assertThat(output()).contains("--minutes").contains("--seconds");
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Demo.class.getName());
        command.addAll(List.of(arguments));
        demo =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(outputFile().toFile())
                        .start();
    }

    private Path outputFile() {
        return directory.resolve("output");
    }

    private String output() throws IOException {
        return Files.readString(outputFile(), StandardCharsets.UTF_8);
    }
}
