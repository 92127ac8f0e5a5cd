package tinygate.classroom.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import tinygate.classroom.results.Price;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Part;
import tinygate.classroom.results.ResultsFile;
import tinygate.iouring.Preflight;

/** The tool as a class sees it: in a process of its own, with real gates, but in a hurry. */
@Timeout(280)
class SqPollPriceTest {
    private static final long LIMIT_SECONDS = 240;

    @TempDir Path directory;
    private ToolProcess tool;

    @AfterEach
    void end() {
        tool.close();
    }

    @Test
    void itMeasuresEachGateAndWritesTheResult() throws Exception {
        start(
                "--connections=4",
                "--rounds=1",
                "--warm-up=0",
                "--count=1",
                "--waits=2",
                "--sends=8");
        assertThat(exitCode()).isZero();
        String output = tool.output();
        assertThat(output).contains("== Poller and gate together", "== What comes of it");
        assertThat(output.lines().filter(line -> !line.startsWith("Written")))
                .allMatch(line -> line.length() <= 80);
        Price price = ResultsFile.readPrice(directory.resolve("out/price.json"));
        boolean ring = Preflight.check().ok();
        assertThat(price.sends()).hasSize(ring ? 3 : 0);
        for (Part part : price.parts()) {
            assertThat(part.find("epoll").orElseThrow().busy().systemCalls().byGate()).isPositive();
            assertThat(part.gates()).hasSize(ring ? 4 : 1);
        }
        if (ring) {
            Part together = price.parts().get(price.parts().size() - 1);
            Gate looking = together.find("sqpoll+").orElseThrow();
            assertThat(looking.awake().pollerNanos()).isPositive();
            assertThat(looking.asleep()).isNotNull();
            assertThat(looking.waits()).hasSize(2).allMatch(wait -> wait.requests() == 2);
        }
        assertThat(directory.resolve("out/price.adoc")).isNotEmptyFile();
        assertThat(tool.leftBehind()).isEmpty();
    }

    @Test
    void anInterruptLeavesNoProcessAndNoFileBehind() throws Exception {
        start("--warm-up=60", "--sends=8");
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(
                        () ->
                                tool.output().contains("warm-up    epoll")
                                        && tool.process().descendants().count() > 1);
        List<ProcessHandle> children = tool.process().descendants().toList();
        assertThat(tool.leftBehind()).isNotEmpty();
        tool.interrupt();
        exitCode();
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(tool.leftBehind()).isEmpty();
    }

    @Test
    void aNumberOutOfBoundsIsRefused() throws Exception {
        start("--waits=0");
        assertThat(exitCode()).isEqualTo(2);
        assertThat(tool.output()).contains("--waits 0: give 1 to 10000");
    }

    private void start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--out=" + directory.resolve("out"));
        tool = ToolProcess.start(directory, SqPollPrice.class, all.toArray(new String[0]));
    }

    private int exitCode() throws InterruptedException {
        assertThat(tool.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        return tool.process().exitValue();
    }
}
