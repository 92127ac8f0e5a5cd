package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void oneSecondSaysNothingAboutTheNext() {
        assertThat(after(30).flat()).isFalse();
        assertThat(after().flat()).isFalse();
    }

    @Test
    void whatIsFastAtOnceNeedsTwoSeconds() {
        assertThat(after(30, 29).flat()).isTrue();
        assertThat(after(30, 34).flat()).isTrue();
    }

    @Test
    void itGoesOnWhileRequestsGetCheaper() {
        assertThat(after(90, 60).flat()).isFalse();
        assertThat(after(90, 60, 45).flat()).isFalse();
        assertThat(after(90, 60, 45, 40).flat()).isFalse();
        assertThat(after(90, 60, 45, 40, 30, 30, 30).flat()).isFalse();
    }

    @Test
    void itEndsWhenTheSecondHalfHasBroughtNothing() {
        assertThat(after(90, 60, 30, 30, 30, 29).flat()).isTrue();
    }

    @Test
    void manySmallGainsAreAGain() {
        assertThat(after(100, 97, 94, 91, 88, 85).flat()).isFalse();
    }

    @Test
    void fewRequestsAreNoWarmUp() {
        WarmUp warmUp = new WarmUp();
        for (int second = 1; second <= 5; second++) {
            assertThat(warmUp.flat()).as("after %s s", second - 1).isFalse();
            warmUp.add(300_000, 10_000);
        }
        assertThat(warmUp.flat()).isTrue();
    }

    @Test
    void itSaysWhatItHasBrought() {
        assertThat(after(90, 60))
                .hasToString("2 s, not flat yet: 90.0 us of CPU a request, then 60.0");
        assertThat(after(30, 30)).hasToString("2 s, flat: 30.0 us of CPU a request, then 30.0");
    }

    private static WarmUp after(int... microsPerRequest) {
        WarmUp warmUp = new WarmUp();
        for (int micros : microsPerRequest) {
            warmUp.add(micros * 50_000L, 50_000);
        }
        return warmUp;
    }
}
