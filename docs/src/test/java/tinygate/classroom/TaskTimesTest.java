package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TaskTimesTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir Path directory;
    private Process child;

    @AfterEach
    void endChild() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void aThreadThatWorksUsesTimeOfItsOwn() throws IOException {
        start("sh", "while :; do :; done");
        await().until(() -> TaskTimes.of(child.pid()).ownNanos() > 20_000_000);
        assertThat(TaskTimes.of(child.pid()).pollerNanos()).isZero();
    }

    @Test
    void aThreadThatIsCalledLikeAPollerIsOne() throws IOException {
        start(poller(), "while :; do :; done");
        await().until(() -> TaskTimes.of(child.pid()).pollerNanos() > 20_000_000);
        assertThat(TaskTimes.of(child.pid()).ownNanos()).isZero();
    }

    @Test
    void aPollerThatWorksIsWaitedForUntilTheLimit() throws IOException {
        start(poller(), "while :; do :; done");
        await().until(() -> TaskTimes.of(child.pid()).pollerNanos() > 0);
        assertThatThrownBy(() -> TaskTimes.awaitSleep(List.of(child.pid()), SHORT))
                .hasMessageContaining("does not go to sleep");
    }

    @Test
    void aPollerThatSleepsOrHasEndedIsNotWaitedFor() throws Exception {
        start(poller(), "read -r line");
        await().until(() -> TaskTimes.of(child.pid()).pollerNanos() > 0);
        TaskTimes.awaitSleep(List.of(child.pid()), LONG);
        child.destroy();
        assertThat(child.waitFor(40, TimeUnit.SECONDS)).isTrue();
        TaskTimes.awaitSleep(List.of(child.pid()), LONG);
    }

    @Test
    void aProcessThatHasEndedHasNone() throws Exception {
        start("sh", "exit 0");
        child.waitFor();
        assertThatThrownBy(() -> TaskTimes.of(child.pid())).isInstanceOf(NoSuchFileException.class);
    }

    /** The kernel calls a process by the name of its program. */
    private String poller() throws IOException {
        return Files.copy(Path.of("/bin/sh"), directory.resolve("iou-sqp-1")).toString();
    }

    private void start(String program, String script) throws IOException {
        child = new ProcessBuilder(program, "-c", script).start();
    }
}
