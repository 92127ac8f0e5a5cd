package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is started is ended, with all that has come from it. */
@Timeout(60)
class ChildProcessTest {
    @Test
    void closingEndsWhatAProgramHasStartedToo() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        ChildProcess shell =
                ChildProcess.start(
                        List.of("sh", "-c", "sleep 50 & echo $!; trap 'exit 0' TERM; wait"),
                        lines::add);
        await().until(() -> !lines.isEmpty());
        ProcessHandle sleeper = ProcessHandle.of(Long.parseLong(lines.get(0))).orElseThrow();
        shell.close();
        await().untilAsserted(() -> assertThat(sleeper.isAlive()).isFalse());
    }
}
