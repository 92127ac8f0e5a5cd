package tinygate.classroom.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tinygate.classroom.race.Contender;

class PricePlanTest {
    private static PricePlan plan(int rounds) {
        Duration second = Duration.ofSeconds(1);
        return new PricePlan(64, rounds, second, 0, second, 1, 1, 1, false);
    }

    @Test
    void lesson4sGateIsThereTwiceAndOnceItLooksOn() {
        List<Contender> gates = plan(1).race().contenders();
        assertThat(gates)
                .extracting(Contender::name)
                .containsExactly("epoll", "iouring", "sqpoll", "sqpoll+");
        assertThat(gates.stream().filter(PricePlan::looksOn))
                .singleElement()
                .matches(gate -> gate.title().contains("--busy-wait-micros"));
        assertThat(gates.stream().filter(PricePlan::polled)).hasSize(2);
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThatThrownBy(() -> plan(0)).hasMessage("--rounds 0: give 1 to 100");
    }
}
