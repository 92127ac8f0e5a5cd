package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tinygate.classroom.results.Ratio.Verdict;

class RatioTest {
    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTwo() {
        assertThat(Ratio.medianOf(3, 1, 2)).isEqualTo(2);
        assertThat(Ratio.medianOf(4, 1, 2, 3)).isEqualTo(2.5);
        assertThat(Ratio.medianOf()).isNaN();
    }

    @Test
    void oneRoundThatWentWrongDoesNotMoveTheMedian() {
        assertThat(Ratio.of(List.of(0.8, 0.82, 0.81, 9.0, 0.79)).median()).isEqualTo(0.81);
    }

    @Test
    void theIntervalLiesAroundTheMedianAndInsideTheRounds() {
        Ratio ratio = Ratio.of(List.of(0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.3));
        assertThat(ratio.median()).isEqualTo(0.9);
        assertThat(ratio.low()).isBetween(0.7, 0.85);
        assertThat(ratio.high()).isBetween(0.95, 1.3);
    }

    /**
     * A median of seven that are drawn again is the smallest one if four or more of the drawn are:
     * the chance is the sum of the binomial terms, so that the quantiles can be computed.
     */
    @Test
    void theIntervalOfSevenRoundsGoesFromTheSecondToTheSixth() {
        Ratio ratio = Ratio.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0));
        assertThat(ratio.low()).isEqualTo(2.0);
        assertThat(ratio.high()).isEqualTo(6.0);
    }

    @Test
    void anIntervalThatHoldsOneIsNoDifference() {
        assertThat(Ratio.of(List.of(0.8, 0.9, 0.95, 1.1, 1.2)).verdict())
                .isEqualTo(Verdict.NO_DIFFERENCE);
    }

    @Test
    void anIntervalBelowOneIsLessAndAboveOneMore() {
        assertThat(Ratio.of(List.of(0.8, 0.9, 0.95)).verdict()).isEqualTo(Verdict.LESS);
        assertThat(Ratio.of(List.of(1.8, 1.9, 1.95)).verdict()).isEqualTo(Verdict.MORE);
    }

    @Test
    void twoRoundsAreTooFewForAVerdict() {
        assertThat(Ratio.of(List.of(0.5, 0.5)).verdict()).isEqualTo(Verdict.OPEN);
    }

    @Test
    void theSameRoundsGiveTheSameIntervalEachTime() {
        List<Double> rounds = List.of(0.81, 0.93, 0.88, 0.97, 1.02);
        assertThat(Ratio.of(rounds)).isEqualTo(Ratio.of(rounds));
    }

    @Test
    void equalRoundsHaveAnIntervalWithoutWidth() {
        Ratio ratio = Ratio.of(List.of(0.9, 0.9, 0.9));
        assertThat(ratio.high() - ratio.low()).isCloseTo(0, within(1e-12));
    }

    @Test
    void aDigitMoreIsShownWhereTwoWouldHideTheVerdict() {
        assertThat(new Ratio(1.03, 1.001, 1.14, 7)).hasToString("1.030 [1.001-1.140]");
        assertThat(new Ratio(1.03, 0.999, 1.14, 7)).hasToString("1.03 [1.00-1.14]");
        assertThat(new Ratio(0.87, 0.84, 0.9, 7)).hasToString("0.87 [0.84-0.90]");
        assertThat(Words.verdict(new Ratio(1.002, 1.001, 1.004, 7)))
                .isEqualTo("less than 1 % more");
    }

    @Test
    void noRoundIsNoRatio() {
        assertThatThrownBy(() -> Ratio.of(List.of())).hasMessageContaining("at least one round");
    }
}
