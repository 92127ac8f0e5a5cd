package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import tinygate.classroom.ToolProcess;
import tinygate.classroom.results.Results;
import tinygate.classroom.results.ResultsFile;

/** The race as a class sees it: in a process of its own, with real gates. */
@Timeout(280)
class RaceTest {
    private static final long LIMIT_SECONDS = 240;

    @TempDir Path directory;
    private ToolProcess tool;
    private Process race;

    @AfterEach
    void end() {
        tool.close();
    }

    @Test
    void itMeasuresEachContenderAndWritesTheResult() throws Exception {
        start(
                "--gates=workers,epoll",
                "--peers=relay",
                "--scenarios=keep-4-1k",
                "--rounds=1",
                "--warm-up=0",
                "--workers=8");
        assertThat(race.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        String output = output();
        assertThat(race.exitValue()).as(output).isZero();
        assertThat(output)
                .contains("== keep-4-1k: ")
                .containsPattern("turn 1/1 +epoll +[1-9][0-9,]* requests/s +#+")
                .containsPattern("workers +[1-9][0-9,]* #");
        assertThat(output.lines().filter(line -> !line.startsWith("Written")))
                .allMatch(line -> line.length() <= 80);
        Results results = ResultsFile.read(directory.resolve("out/results.json"));
        assertThat(results.cases().get(0).entries())
                .extracting(Results.Entry::name)
                .containsExactly("relay", "workers", "epoll");
        assertThat(results.cases().get(0).find("epoll").orElseThrow().systemCalls().byGate())
                .isPositive();
        assertThat(directory.resolve("out/race-keep-4-1k.svg")).isNotEmptyFile();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void anInterruptLeavesNoProcessAndNoFileBehind() throws Exception {
        start("--gates=epoll", "--peers=relay", "--scenarios=neighbour-4", "--warm-up=20");
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(
                        () ->
                                output().contains("warm-up    epoll")
                                        && race.descendants().count() > 2);
        List<ProcessHandle> children = race.descendants().toList();
        assertThat(leftBehind()).isNotEmpty();
        tool.interrupt();
        assertThat(race.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void aRaceInWhichNobodyCouldStartHasFailed() throws Exception {
        start("--gates=none", "--peers=none", "--also=mine=no-such-program {port}", "--rounds=1");
        assertThat(race.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        assertThat(output()).contains("mine");
        assertThat(race.exitValue()).as(output()).isEqualTo(1);
    }

    @Test
    void anUnknownContenderIsRefused() throws Exception {
        start("--gates=apache");
        assertThat(race.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        assertThat(race.exitValue()).isEqualTo(2);
        assertThat(output()).contains("'apache' is none of [workers, epoll");
    }

    @Test
    void twoRunsThatDoNotAgreeAreTold() throws Exception {
        String text =
                """
                {"schema": 1, "circumstances": {"versions": {}}, "absent": [], "cases": []}
                """;
        Path file = Files.writeString(directory.resolve("run.json"), text);
        start("--compare", file.toString(), file.toString());
        assertThat(race.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        assertThat(output()).contains("The runs have no ratio in common.");
        assertThat(race.exitValue()).isEqualTo(1);
    }

    private void start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--out=" + directory.resolve("out"));
        tool = ToolProcess.start(directory, Race.class, all.toArray(new String[0]));
        race = tool.process();
    }

    private List<Path> leftBehind() throws IOException {
        return tool.leftBehind();
    }

    private String output() throws IOException {
        return tool.output();
    }
}
