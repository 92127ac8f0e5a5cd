package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.classroom.TinyUpstream;
import tinygate.classroom.TinyUpstream.Reply;
import tinygate.classroom.race.LoadSource.Outcome;

@Timeout(60)
class OwnLoadTest {
    private static final Scenario ONE_CLIENT = new Scenario(Scenario.Kind.RATE, 1, 4);
    private static final Duration TURN = Duration.ofMillis(500);
    private static final Reply REPLY =
            Reply.whole("HTTP/1.1 200 x\r\nContent-Length: 4\r\n\r\nbody");

    @Test
    void whatWasDueInATurnIsAnsweredBehindIt() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> number == 9 ? late() : REPLY)) {
            Outcome outcome = new OwnLoad(20).run(upstream.address(), ONE_CLIENT, TURN);
            assertThat(outcome.requests()).isEqualTo(10);
            assertThat(outcome.faults()).isEmpty();
            assertThat(outcome.p999Micros()).isGreaterThan(400_000); // the last, the slowest
        }
    }

    @Test
    void whatIsNeverAnsweredIsAFault() throws Exception {
        Reply nothing = Reply.whole("");
        try (TinyUpstream upstream = new TinyUpstream(n -> n < 4 ? REPLY : nothing)) {
            Outcome outcome = new OwnLoad(20).run(upstream.address(), ONE_CLIENT, TURN);
            assertThat(outcome.requests()).isEqualTo(4);
            assertThat(outcome.faults())
                    .containsExactly(
                            "6 of 10 requests had no answer 5 s after the last was due: lower"
                                    + " --rate");
        }
    }

    private static Reply late() {
        long end = System.nanoTime() + 500_000_000;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return REPLY;
    }
}
