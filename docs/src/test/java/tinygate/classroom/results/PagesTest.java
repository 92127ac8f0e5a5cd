package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;

class PagesTest {
    @TempDir Path directory;

    @Test
    void aTechniqueIsWorthWhatItCostsToDoWithout() {
        Results results =
                Sample.results(
                        Sample.scenario(
                                "keep-64-1k",
                                Sample.entry("iouring", 30_000, 20, 0.5),
                                without("--set limits.pending=9 --set ring.batching=false", 25)));
        assertThat(Techniques.text(results))
                .contains(".words (`keep-64-1k`)")
                .contains("|as it is\n|1\n|1\n|0.50\n")
                .contains("|`ring.batching=false`\n|1.25 [1.25-1.25]: 25 % more\n")
                .doesNotContain("limits.pending");
    }

    @Test
    void aVariantThatSaysNotWhatIsDifferentHasItsName() {
        Case one =
                Sample.scenario(
                        "keep-64-1k", Sample.entry("iouring", 9, 9, 9), without("--other", 9));
        assertThat(Techniques.text(Sample.results(one))).contains("|less\n");
    }

    @Test
    void theOwnLoadIsComparedWithWrkForTheSameContender() {
        Results results =
                Sample.results(
                        Sample.scenario(
                                "keep-64-1k",
                                Sample.entry("epoll/wrk", 40_000, 20, 4),
                                Sample.entry("epoll/own", 20_000, 30, 4)));
        assertThat(Loads.text(results))
                .contains("|`keep-64-1k`\n|epoll\n|0.50 [0.50-0.50]: 50 % less\n|1.50 [")
                .contains("than wrk, so that it is a bottleneck: epoll in `keep-64-1k`.");
    }

    @Test
    void whereTheRateIsFixedItSaysHowLateRequestsWereSent() {
        Case one =
                new Case(
                        "rate-64-1k",
                        "words",
                        64,
                        1024,
                        1,
                        5_000,
                        "own",
                        List.of(Sample.entry("epoll", 5_000, 20, 4)));
        assertThat(Loads.text(Sample.results(one)))
                .contains(
                        "Of the 5,000 requests a second in `rate-64-1k` 99 % were sent at most 0.02");
    }

    @Test
    void aResultThatIsMissingLeavesNoPieceOfAnOlderOne() throws Exception {
        Path from = Files.createDirectory(directory.resolve("from"));
        Path to = Files.createDirectory(directory.resolve("to"));
        Files.writeString(to.resolve("loads.adoc"), "old");
        ResultsFile.write(from.resolve("results.json"), Sample.results());
        ResultsFile.write(from.resolve("techniques.json"), Sample.results());
        Pages.main(new String[] {from.toString(), to.toString()});
        assertThat(to.resolve("techniques.adoc")).isNotEmptyFile();
        assertThat(to.resolve("loads.adoc")).doesNotExist();
    }

    @Test
    void aSecondRunIsComparedWithTheBigOne() throws Exception {
        Case one = Sample.scenario("keep-64-1k", Sample.entry("nginx", 9, 20, 4));
        ResultsFile.write(directory.resolve("results.json"), Sample.results(one));
        ResultsFile.write(directory.resolve("again.json"), Sample.results());
        Pages.main(new String[] {directory.toString(), directory.toString()});
        assertThat(directory.resolve("again.adoc"))
                .content()
                .contains("....\nkeep-64-1k: only in the first run\n");
    }

    @Test
    void aRaceOnAnotherMachineIsComparedByRatiosOnly() {
        Case here =
                Sample.scenario(
                        "keep-64-1k",
                        Sample.entry("nginx", 9, 20, 4),
                        Sample.entry("epoll", 9, 10, 4),
                        Sample.entry("iouring", 9, 30, 4));
        Case there =
                Sample.scenario(
                        "keep-64-1k",
                        Sample.entry("nginx", 9, 40, 4),
                        Sample.entry("epoll", 9, 30, 4),
                        Sample.entry("iouring", 9, 30, 4));
        assertThat(Elsewhere.text(Sample.results(here), Sample.results(there)))
                .contains("|`keep-64-1k`\n|-, -\n|-, -\n|0.50, 0.75\n|-, -\n|1.50, 0.75\n|-, -\n")
                .contains("epoll surely needs less than nginx on both machines in: `keep-64-1k`;")
                .contains(
                        "iouring surely needs less than nginx on both machines in: none; on one"
                                + " of them in: `keep-64-1k`; on neither in: none.");
    }

    @Test
    void aScenarioThatOneMachineLacksIsLeftOut() {
        Case here = Sample.scenario("keep-64-1k", Sample.entry("nginx", 9, 20, 4));
        assertThat(Elsewhere.text(Sample.results(here), Sample.results()))
                .doesNotContain("keep-64-1k");
    }

    private static Entry without(String options, double cpuMicros) {
        Entry entry = Sample.entry("less", 30_000, cpuMicros, 0.5);
        return new Entry(
                "less",
                "java -jar gate.jar " + options,
                2,
                entry.turns(),
                entry.systemCalls(),
                9,
                0,
                List.of());
    }
}
