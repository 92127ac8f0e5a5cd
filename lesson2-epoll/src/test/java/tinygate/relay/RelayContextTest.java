package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a loop keeps for its exchanges. */
class RelayContextTest {
    private final Stage stage = new Stage(IoStyle.READINESS);

    private Set<Transaction> taken(int count) {
        Set<Transaction> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < count; i++) {
            taken.add(stage.context.takeTransaction(stage.exchange));
        }
        return taken;
    }

    @Test
    void transactionsAreUsedAgainButARushIsNotKeptForEver() {
        Set<Transaction> rush = taken(1_000);
        assertThat(rush).as("each exchange has its own").hasSize(1_000);
        rush.forEach(stage.context::giveBack);
        Set<Transaction> kept = taken(1_000);
        kept.retainAll(rush);
        assertThat(kept).hasSize(256);
    }

    @Test
    void theRequestsThatAreUnderWayAreThoseWithATransaction() {
        Set<Transaction> taken = taken(3);
        assertThat(stage.context.underWay()).isEqualTo(3);
        taken.forEach(stage.context::giveBack);
        assertThat(stage.context.underWay()).isZero();
    }
}
