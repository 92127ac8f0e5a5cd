package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.classroom.results.PriceSample.gate;
import static tinygate.classroom.results.PriceSample.idle;
import static tinygate.classroom.results.PriceSample.part;
import static tinygate.classroom.results.PriceSample.plain;
import static tinygate.classroom.results.PriceSample.polled;
import static tinygate.classroom.results.PriceSample.price;
import static tinygate.classroom.results.PriceSample.sends;

import java.util.List;
import org.junit.jupiter.api.Test;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Part;
import tinygate.classroom.results.PriceFindings.Finding;

class PriceFindingsTest {
    private static final long MANY = 200_000; // calls for a million requests

    private static Finding finding(String said, Price price) {
        return PriceFindings.of(price).stream()
                .filter(finding -> finding.said().startsWith(said))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding about: " + said));
    }

    private static Finding apart(String said, Gate... gates) {
        return finding(said, price(List.of(part(Price.APART, gates))));
    }

    @Test
    void callsAreFewUpToTheBoundWithTheJvmsOwn() {
        String said = "Busy, a gate";
        assertThat(apart(said, polled("sqpoll+", 20, 19_000)).verdict()).startsWith("holds");
        assertThat(apart(said, polled("sqpoll+", 20, 19_001)).verdict()).isEqualTo("not so here");
        assertThat(apart(said, polled("sqpoll+", 20, 19_000)).measured())
                .containsExactly("sqpoll+ 0.0200, its loops alone 0.0190");
    }

    @Test
    void callsAreCountedForEachPlaceOfThePoller() {
        Price price =
                price(
                        List.of(
                                part(Price.APART, polled("sqpoll+", 20, 1)),
                                part(Price.TOGETHER, polled("sqpoll+", 20, MANY))));
        assertThat(PriceFindings.of(price))
                .filteredOn(finding -> finding.said().startsWith("Busy, a gate"))
                .extracting(Finding::verdict)
                .containsExactly("holds where it looks on", "not so here");
    }

    @Test
    void theCountsAreTheSameUpToTwoPercent() {
        String said = "The kernel and the gate";
        assertThat(apart(said, counted(MANY, 196_000)).verdict()).isEqualTo("holds");
        assertThat(apart(said, counted(MANY, 195_000)).verdict()).isEqualTo("not so here");
        assertThat(apart(said, counted(MANY, 204_001)).verdict()).isEqualTo("not so here");
    }

    @Test
    void countsOfNextToNothingAreNotCompared() {
        Price price = price(List.of(part(Price.APART, counted(100, 50))));
        assertThat(PriceFindings.of(price))
                .noneMatch(finding -> finding.said().startsWith("The kernel and the gate"));
    }

    @Test
    void processorTimeIsComparedWithTheGateThatHasNoPoller() {
        String said = "A request costs";
        Gate ring = plain("iouring", 20, MANY);
        assertThat(apart(said, ring, polled("sqpoll", 30, 1)).verdict()).isEqualTo("holds");
        assertThat(apart(said, ring, polled("sqpoll", 30, 1)).measured())
                .containsExactly("apart, sqpoll: 1.50 [1.50-1.50]: 50 % more");
        assertThat(apart(said, ring, polled("sqpoll", 20, 1)).verdict())
                .isEqualTo("not in all cases");
    }

    @Test
    void aPollerThatIsAwakeUsesAProcessor() {
        String said = "Idle and awake";
        assertThat(apart(said, polled("sqpoll+", 20, 1)).verdict()).isEqualTo("holds");
        assertThat(apart(said, awake(500)).verdict()).isEqualTo("not so here");
        assertThat(apart(said, awake(500)).measured()).containsExactly("50 % of one");
    }

    @Test
    void asleepNothingIsUsedAndNobodyCalls() {
        String said = "Asleep";
        assertThat(apart(said, asleep(2, 2, 0)).verdict()).isEqualTo("holds");
        assertThat(apart(said, asleep(3, 2, 0)).verdict()).isEqualTo("not so here");
        assertThat(apart(said, asleep(2, 2, 1)).verdict()).isEqualTo("not so here");
    }

    @Test
    void wakingIsWhatThePauseCostsMoreThanWithoutAPoller() {
        String said = "Who finds the poller asleep";
        Gate ring = plain("iouring", 20, MANY);
        assertThat(apart(said, ring, polled("sqpoll", 30, 1)).verdict()).isEqualTo("holds");
        assertThat(apart(said, ring, plain("sqpoll", 30, 1)).verdict()).isEqualTo("not so here");
    }

    @Test
    void aSendWithoutACopyMustBeCheaperAtSomeLength() {
        String said = "Sending without a copy";
        List<Part> none = List.of();
        Price dear = price(none, sends(1024, 100L, 1.4, 1.4, 1.4));
        Price cheap = price(none, sends(1024, 0L, 1.4, 1.4, 1.4), sends(65_536, 0L, .5, .5, .5));
        assertThat(finding(said, dear).verdict()).isEqualTo("not here");
        assertThat(finding(said, dear).measured())
                .containsExactly("1,024 bytes: 1.40 [1.40-1.40]: 40 % more; copied: 100 %");
        assertThat(finding(said, cheap).verdict()).startsWith("holds");
    }

    @Test
    void whatWasNotMeasuredIsNotSpokenOf() {
        assertThat(PriceFindings.of(price(List.of()))).isEmpty();
        Price faulty = price(List.of(part(Price.APART, PriceSample.faulty("sqpoll+"))));
        assertThat(PriceFindings.of(faulty)).isEmpty();
    }

    private static Gate counted(long kernel, long own) {
        return gate("epoll", 20, 0, kernel, own, null, idle(1, 0, 0), 0);
    }

    private static Gate awake(int pollerMillis) {
        return gate("sqpoll+", 20, 10, 1, 1, idle(5, pollerMillis, 0), idle(1, 0, 0), 0);
    }

    private static Gate asleep(int gateMillis, int pollerMillis, long enter) {
        return gate("sqpoll", 20, 10, 1, 1, null, idle(gateMillis, pollerMillis, enter), 0);
    }
}
