package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Results.Entry;
import tinygate.classroom.results.Results.SystemCalls;
import tinygate.classroom.results.Results.Turn;

class JudgeTest {
    @Test
    void aRatioIsTakenWithinEachRound() {
        Entry slow = entry("slow", turn(1, 100), turn(2, 1_000), turn(3, 10));
        Entry fast = entry("fast", turn(1, 200), turn(2, 2_000), turn(3, 20));
        assertThat(Judge.ratio(fast, slow, Figure.REQUESTS_PER_SECOND))
                .hasValue(new Ratio(2, 2, 2, 3));
    }

    @Test
    void aRoundThatOnlyOneOfThemHasDoesNotCount() {
        Entry one = entry("one", turn(1, 100), turn(2, 100));
        Entry other = entry("other", turn(2, 50));
        assertThat(Judge.ratio(one, other, Figure.REQUESTS_PER_SECOND))
                .hasValue(new Ratio(2, 2, 2, 1));
    }

    @Test
    void aWrongResponseVoidsTheEntry() {
        Entry right = Sample.entry("right", 100, 10, 1);
        Entry wrong = Sample.wrong("wrong");
        assertThat(Judge.ratio(wrong, right, Figure.CPU_MICROS)).isEmpty();
        assertThat(Judge.ratio(right, wrong, Figure.CPU_MICROS)).isEmpty();
        assertThat(Sample.results(Sample.scenario("keep-1-1k", right, wrong)).right()).isFalse();
        assertThat(Sample.results(Sample.scenario("keep-1-1k", right)).right()).isTrue();
    }

    @Test
    void withoutARequestThereIsNoCostOfOne() {
        Entry none = entry("none", turn(1, 0));
        assertThat(Judge.median(none, Figure.CPU_MICROS)).isNaN();
        assertThat(Judge.median(none, Figure.P50_MICROS)).isNaN();
        assertThat(Judge.median(none, Figure.REQUESTS_PER_SECOND)).isZero();
        assertThat(Judge.ratio(none, none, Figure.CPU_MICROS)).isEmpty();
    }

    @Test
    void theKernelsCountGoesBeforeTheGatesOwn() {
        assertThat(Judge.callsPerRequest(calls(new SystemCalls(10, 40L, 30L)))).isEqualTo(4);
        assertThat(Judge.callsPerRequest(calls(new SystemCalls(10, null, 30L)))).isEqualTo(3);
        assertThat(Judge.callsPerRequest(calls(SystemCalls.UNKNOWN))).isNaN();
        assertThat(Judge.countedBy(calls(new SystemCalls(10, 40L, 30L)))).isEqualTo("kernel");
        assertThat(Judge.countedBy(calls(new SystemCalls(10, null, 30L)))).isEqualTo("gate");
    }

    @Test
    void nginxIsTheBaselineAndElseTheFirst() {
        Entry first = Sample.entry("relay", 1, 1, 1);
        Entry nginx = Sample.entry("nginx", 1, 1, 1);
        assertThat(Judge.baseline(Sample.scenario("s", first, nginx))).hasValue(nginx);
        assertThat(Judge.baseline(Sample.scenario("s", first))).hasValue(first);
    }

    private static Turn turn(int round, long requests) {
        return new Turn(round, 1, requests, 1_000, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Entry entry(String name, Turn... turns) {
        return new Entry(name, name, 1, List.of(turns), SystemCalls.UNKNOWN, 1, 1, List.of());
    }

    private static Entry calls(SystemCalls calls) {
        return new Entry("gate", "gate", 1, List.of(), calls, 1, 1, List.of());
    }
}
