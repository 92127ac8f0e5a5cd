package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChapterTest {
    @TempDir Path directory;

    @Test
    void aClaimThatTheFiguresKeepHolds() {
        Results results =
                Sample.results(
                        Sample.scenario(
                                "slow-64-1k",
                                Sample.entry("workers", 0, 0, 0),
                                Sample.entry("epoll", 30_000, 20, 4)),
                        Sample.scenario(
                                "keep-512-1k",
                                Sample.entry("workers", 10_000, 60, 5),
                                Sample.entry("epoll", 30_000, 20, 4),
                                Sample.entry("iouring", 30_000, 20, 0.1),
                                Sample.entry("sqpoll", 30_000, 30, 0.01)));
        assertThat(findings(results))
                .containsExactly(
                        "holds: nobody else is served",
                        "holds",
                        "-",
                        "holds: 40.0 times fewer",
                        "holds",
                        "holds");
    }

    @Test
    void aClaimThatTheFiguresDoNotKeepIsSaidToFail() {
        Results results =
                Sample.results(
                        Sample.scenario(
                                "slow-64-1k",
                                Sample.entry("workers", 29_000, 20, 4),
                                Sample.entry("epoll", 30_000, 20, 4)),
                        Sample.scenario("keep-64-1k", Sample.entry("epoll", 30_000, 20, 4)),
                        Sample.scenario(
                                "keep-512-1k",
                                Sample.entry("workers", 30_000, 20, 5),
                                Sample.entry("epoll", 30_000, 20, 4),
                                Sample.entry("iouring", 30_000, 20, 3.9),
                                Sample.entry("sqpoll", 30_000, 20, 0.9)));
        assertThat(findings(results).get(0)).startsWith("not so here");
        assertThat(findings(results).get(1)).startsWith("not so here");
        assertThat(findings(results).get(2)).startsWith("false under load");
        assertThat(findings(results).get(3)).startsWith("not so here");
        assertThat(findings(results).get(4)).startsWith("not so with this placement");
        assertThat(findings(results).get(5)).isEqualTo("not shown here");
    }

    @Test
    void nothingIsSaidOfAClaimWhoseFiguresAreVoid() {
        Results results =
                Sample.results(
                        Sample.scenario(
                                "slow-64-1k",
                                Sample.wrong("workers"),
                                Sample.entry("epoll", 30_000, 20, 4)),
                        Sample.scenario(
                                "keep-512-1k",
                                Sample.wrong("workers"),
                                Sample.entry("epoll", 30_000, 20, 4),
                                Sample.wrong("iouring"),
                                Sample.wrong("sqpoll")));
        assertThat(findings(results)).containsOnly("-");
    }

    @Test
    void itSaysInWhichConditionsTheRingPays() {
        Results results =
                Sample.results(
                        Sample.scenario(
                                "keep-64-1k",
                                Sample.entry("epoll", 30_000, 20, 4),
                                Sample.entry("iouring", 30_000, 20, 0.5)),
                        Sample.scenario(
                                "pipelined-256-1k",
                                Sample.entry("epoll", 30_000, 20, 3),
                                Sample.entry("iouring", 30_000, 16, 0.07)));
        assertThat(Chapter.text(results))
                .contains("|deep batches (`pipelined-256-1k`)\n|0.80 [0.80-0.80]: 20 % less")
                .contains("io_uring needs less CPU per request than epoll in: `pipelined-256-1k`.")
                .contains("No sure difference in: `keep-64-1k`.");
    }

    @Test
    void whatIsSaidOfTheRingIsInTheTableAboveIt() {
        Results results =
                Sample.results(
                        Sample.scenario(
                                "slow-64-1k",
                                Sample.entry("epoll", 30_000, 20, 4),
                                Sample.entry("iouring", 30_000, 10, 0.5)));
        assertThat(Chapter.text(results))
                .contains("|slow clients besides (`slow-64-1k`)")
                .contains("io_uring needs less CPU per request than epoll in: `slow-64-1k`.");
    }

    @Test
    void itNamesTheCircumstancesAndWhatWasAbsentOrVoid() {
        String text =
                Chapter.text(Sample.results(Sample.scenario("keep-1-1k", Sample.wrong("netty"))));
        assertThat(text)
                .contains("|date\n|2026-01-01T00:00:00Z")
                .contains("|without haproxy\n|it is not installed")
                .contains("netty is void: wrong status.");
    }

    @Test
    void everyCaseHasAPictureThatIsThere() throws Exception {
        Path json = directory.resolve("results.json");
        ResultsFile.write(
                json,
                Sample.results(
                        Sample.scenario(
                                "keep-1-1k",
                                Sample.entry("epoll", 9, 9, 9),
                                Sample.wrong("netty"))));
        Path file = directory.resolve("pages/results.adoc");
        Chapter.main(new String[] {json.toString(), file.toString(), directory.toString()});
        assertThat(Files.readString(file)).contains("image::race-keep-1-1k.svg[");
        assertThat(Files.readString(directory.resolve("race-keep-1-1k.svg")))
                .startsWith("<svg ")
                .contains(">epoll</text>", ">void</text>")
                .doesNotContain("width=\"0\"");
    }

    @Test
    void withoutResultsItSaysHowToGetThem() throws Exception {
        Path file = directory.resolve("results.adoc");
        Chapter.main(new String[] {"/nowhere/results.json", file.toString(), "/nowhere"});
        assertThat(Files.readString(file)).contains("No results are in the repository yet");
    }

    private static List<String> findings(Results results) {
        return Claims.rows(results).stream().skip(1).map(row -> row.get(2)).toList();
    }
}
