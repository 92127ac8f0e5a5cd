package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tinygate.classroom.results.Results.Entry;
import tinygate.classroom.results.Results.SystemCalls;
import tinygate.classroom.results.Results.Turn;

class AgreementTest {
    private static final Entry NGINX = cpu("nginx", 20, 20, 20);

    @Test
    void theSameFiguresAgree() {
        Agreement agreement = compare(run(NGINX, cpu("epoll", 10, 11, 12)));
        assertThat(agreement.holds()).isTrue();
        assertThat(agreement.lines())
                .contains("  first run:  epoll nginx", "The runs agree.")
                .contains("  widest:     epoll to nginx: 0.55, then 0.55, 0 % apart");
    }

    @Test
    void anotherOrderIsADisagreement() {
        Results ahead = run(NGINX, cpu("epoll", 19, 19, 19));
        Results behind = run(NGINX, cpu("epoll", 21, 21, 21));
        assertThat(Agreement.of(behind, ahead).holds()).isFalse();
        Agreement agreement = Agreement.of(ahead, behind);
        assertThat(agreement.holds()).isFalse();
        assertThat(agreement.lines())
                .contains("! nginx to epoll: 1.05 [1.05-1.05], then 0.95 [0.95-0.95]");
    }

    @Test
    void tiedOnesMayChangePlaces() {
        Agreement agreement =
                Agreement.of(
                        run(NGINX, cpu("epoll", 19, 19, 19)), run(NGINX, cpu("epoll", 19, 21, 22)));
        assertThat(agreement.lines())
                .contains("  first run:  epoll nginx", "  second run: nginx epoll");
        assertThat(agreement.holds()).isTrue();
    }

    @Test
    void aRatioThatIsFurtherApartIsADisagreement() {
        Results first = run(NGINX, cpu("epoll", 10, 10, 10));
        assertThat(Agreement.of(first, run(NGINX, cpu("epoll", 11, 11, 11))).holds()).isTrue();
        assertThat(Agreement.of(first, run(NGINX, cpu("epoll", 12, 12, 12))).lines())
                .contains("! epoll to nginx: 0.50, then 0.60, 20 % apart");
        assertThat(Agreement.of(run(NGINX, cpu("epoll", 12, 12, 12)), first).holds()).isFalse();
    }

    @Test
    void whoIsVoidInOneRunIsADisagreement() {
        Results first = run(NGINX, cpu("epoll", 10, 10, 10), cpu("netty", 30, 30, 30));
        Results second = run(NGINX, cpu("epoll", 10, 10, 10), Sample.wrong("netty"));
        assertThat(Agreement.of(first, second).lines())
                .contains("! netty has a ratio to nginx in one run only");
        assertThat(Agreement.of(first, second).holds()).isFalse();
        assertThat(Agreement.of(second, second).holds()).isTrue();
    }

    @Test
    void whatIsInOneRunOnlyIsNamed() {
        Entry epoll = cpu("epoll", 10, 10, 10);
        Results both =
                Sample.results(
                        Sample.scenario("keep-64-1k", NGINX, epoll),
                        Sample.scenario("close-64-1k", NGINX, epoll));
        Agreement agreement = Agreement.of(run(NGINX, epoll), both);
        assertThat(agreement.lines()).contains("close-64-1k: only in the second run");
        assertThat(agreement.holds()).isTrue();
    }

    @Test
    void runsWithNothingInCommonDoNotAgree() {
        Agreement agreement = Agreement.of(Sample.results(), run(NGINX));
        assertThat(agreement.holds()).isFalse();
        assertThat(agreement.lines()).contains("The runs have no ratio in common.");
    }

    private static Agreement compare(Results results) {
        return Agreement.of(results, results);
    }

    private static Results run(Entry... entries) {
        return Sample.results(Sample.scenario("keep-64-1k", entries));
    }

    /** CPU time per request, one round each. */
    private static Entry cpu(String name, int... micros) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < micros.length; i++) {
            turns.add(new Turn(i + 1, 1, 1_000, micros[i] * 1_000L, 0, 0, 0, 0, 0, 0, 0, 0));
        }
        return new Entry(name, name, 2, turns, SystemCalls.UNKNOWN, 1, 1, List.of());
    }
}
