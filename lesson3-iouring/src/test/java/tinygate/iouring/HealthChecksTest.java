package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.AnsweringUpstream;
import tinygate.contract.Bench;
import tinygate.contract.Message;
import tinygate.contract.RawClient;
import tinygate.contract.ScriptedUpstream;
import tinygate.contract.TestedGate;

/**
 * Rule P7, the part of it that begins in lesson 3: upstreams are checked before they are needed.
 */
@NeedsIoUring
class HealthChecksTest implements TestedGate {
    private static final Settings.Health OFTEN = new Settings.Health(2, 60_000, "/up", 50);

    @Override
    public Gate newGate(Settings settings) {
        return new IoUringGate(settings);
    }

    /** An upstream whose checks are answered with a status that can be changed. */
    private static final class Checked {
        volatile String status = "200 OK";
        volatile int checks;
        final AnsweringUpstream upstream;

        Checked(Bench bench) throws IOException {
            upstream = bench.answering(this::answer);
        }

        private synchronized String answer(Message request) {
            if (!request.target().equals("/up")) {
                return Bench.OK;
            }
            checks++;
            return status == null ? null : Message.head("HTTP/1.1 " + status, "Content-Length: 0");
        }
    }

    private static void awaitStatus(Bench bench, int status) throws IOException {
        RawClient client = bench.client();
        Awaitility.await("answers with " + status)
                .atMost(Duration.ofSeconds(10))
                .until(() -> client.ask(Bench.GET).status() == status);
    }

    @Test
    void anUpstreamWhoseChecksFailGetsNoRequestsUntilOneSucceeds(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(OFTEN));
        Checked upstream = new Checked(bench);
        bench.upstreams(upstream.upstream.address());
        awaitStatus(bench, 200);

        upstream.status = "500 Oops";
        awaitStatus(bench, 503);

        upstream.status = "204 Fine";
        awaitStatus(bench, 200);
    }

    @Test
    void anUpstreamThatClosesWithoutAnAnswerFailsItsCheck(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(OFTEN));
        Checked upstream = new Checked(bench);
        bench.upstreams(upstream.upstream.address());
        upstream.status = null;
        awaitStatus(bench, 503);
    }

    @Test
    void anUpstreamThatHangsFailsItsChecksAndLeavesNoDescriptor(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(OFTEN)).timeout("responseMillis", 20);
        ScriptedUpstream hanging = bench.upstream();
        awaitStatus(bench, 503);
        int open = openFiles();
        for (int i = 0; i < 20; i++) {
            ScriptedUpstream.Connection check = hanging.accept();
            check.readRequest();
            check.expectClosed();
            check.close();
        }
        assertThat(openFiles()).as("open files").isLessThan(open + 10);
    }

    @Test
    void anUpstreamThatHangsIsAskedAsOftenAsOneThatAnswers(Bench bench) throws IOException {
        int interval = 500;
        bench.settings(s -> s.withHealth(new Settings.Health(1, 0, "/up", interval)));
        ScriptedUpstream hanging = bench.upstream();
        bench.gate();
        Duration least = Duration.ofDays(1);
        long last = 0;
        for (int i = 0; i < 4; i++) {
            ScriptedUpstream.Connection check = hanging.accept();
            long now = System.nanoTime();
            Duration since = Duration.ofNanos(now - last);
            least = i > 0 && since.compareTo(least) < 0 ? since : least;
            last = now;
            check.readRequest();
            check.expectClosed();
        }
        assertThat(least).as("from one check to the next").isLessThan(Duration.ofMillis(800));
    }

    private static int openFiles() {
        return new File("/proc/self/fd").list().length;
    }

    @Test
    void anUpstreamThatRefusesConnectionsFailsItsCheck(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(OFTEN));
        Checked sound = new Checked(bench);
        ScriptedUpstream gone = bench.newUpstream();
        bench.upstreams(gone.address(), sound.upstream.address());
        gone.refuse();
        bench.gate();
        Awaitility.await("some checks").until(() -> sound.checks > 5);
        RawClient client = bench.client();
        for (int i = 0; i < 10; i++) {
            assertThat(client.ask(Bench.GET).status()).isEqualTo(200);
        }
        assertThat(bench.gate().stats().upstreamFailures()).isZero();
    }

    @Test
    void withoutAPathNothingIsChecked(Bench bench) throws IOException {
        Checked upstream = new Checked(bench);
        bench.upstreams(upstream.upstream.address());
        awaitStatus(bench, 200);
        assertThat(upstream.checks).isZero();
        assertThat(upstream.upstream.connections()).isEqualTo(1);
    }
}
