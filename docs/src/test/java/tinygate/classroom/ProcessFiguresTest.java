package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessFiguresTest {
    private Process child;

    @AfterEach
    void endChild() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void aProcessThatWorksUsesProcessorTime() throws IOException {
        start("while :; do :; done");
        await().until(() -> ProcessFigures.of(child.pid()).cpuMicros() >= 50_000);
    }

    @Test
    void theProcessorTimeIsFinerThanTheKernelsTicks() throws IOException {
        start("while :; do :; done");
        await().until(() -> ProcessFigures.of(child.pid()).cpuMicros() % 10_000 != 0);
    }

    @Test
    void aProcessThatWaitsHasOneThreadItsMemoryAndItsFiles() throws IOException {
        start("read -r line 5</dev/null"); // waits for its standard input
        await().until(() -> ProcessFigures.of(child.pid()).openFiles() == 4);
        ProcessFigures figures = ProcessFigures.of(child.pid());
        assertThat(figures.threads()).isEqualTo(1);
        assertThat(figures.residentBytes()).isBetween(100_000L, 100_000_000L);
    }

    @Test
    void aProcessThatWaitsOftenSwitchesVoluntarily() throws IOException {
        start("while read -r line; do :; done");
        long before = ProcessFigures.of(child.pid()).voluntarySwitches();
        await().until(
                        () -> {
                            child.getOutputStream().write('\n');
                            child.getOutputStream().flush();
                            return ProcessFigures.of(child.pid()).voluntarySwitches() > before + 3;
                        });
    }

    @Test
    void theThreadsOfThisProcessAreCounted() throws IOException {
        int threads = ProcessFigures.of(ProcessHandle.current().pid()).threads();
        assertThat(threads).isGreaterThanOrEqualTo(Thread.activeCount());
    }

    @Test
    void theTimeOfAProgramThatHasEndedIsItsStartersOwn() throws Exception {
        long before = ofEndedChildren();
        start("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done");
        child.waitFor();
        assertThat(ofEndedChildren() - before).isGreaterThanOrEqualTo(50_000);
    }

    private static long ofEndedChildren() throws IOException {
        long pid = ProcessHandle.current().pid();
        return ProcessFigures.ownMicros() - ProcessFigures.of(pid).cpuMicros();
    }

    @Test
    void aProcessThatHasEndedSaysSo() throws Exception {
        start("exit 0");
        child.waitFor();
        assertThatThrownBy(() -> ProcessFigures.of(child.pid()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("the process has ended");
    }

    @Test
    void theNameOfAProcessMayHoldBracketsAndSpaces() {
        String stat = "42 (a) S 9 9) S 1 42 42 0 -1 4194304 100 0 0 0 120 30 7 7 20 0 1 0 55";
        assertThat(ProcessFigures.ownMicros(stat)).isEqualTo(1_640_000);
    }

    private void start(String script) throws IOException {
        child = new ProcessBuilder("sh", "-c", script).start();
    }
}
