package tinygate.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens of the past find nobody, and slots are used again. */
class SlotsTest {
    private final Slots<String> slots = new Slots<>();

    private long put(String connection) {
        long token = slots.reserve();
        slots.put(token, connection);
        return token;
    }

    @Test
    void aTokenFindsItsConnectionUntilItIsFreed() {
        long a = put("a");
        long b = put("b");
        assertThat(slots.get(a)).isEqualTo("a");
        slots.free(a);
        assertThat(slots.get(a)).isNull();
        assertThat(slots.get(b)).isEqualTo("b");
    }

    @Test
    void aSlotThatIsUsedAgainHasAnotherToken() {
        Set<Long> tokens = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            long token = put("connection " + i);
            assertThat(Slots.slot(token)).isZero();
            assertThat(tokens.add(token)).as("a new token").isTrue();
            slots.free(token);
        }
        assertThat(tokens).allSatisfy(old -> assertThat(slots.get(old)).isNull());
    }

    @Test
    void moreConnectionsThanThereWerePlacesAtFirst() {
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tokens.add(put("connection " + i));
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(slots.get(tokens.get(i))).isEqualTo("connection " + i);
        }
        tokens.forEach(slots::free);
        assertThat(Slots.slot(put("one more"))).isLessThan(1_000);
    }

    @Test
    void aTokenLeavesItsUpperByteFreeHoweverOftenItsSlotIsUsed() {
        long last = 0;
        for (int i = 0; i <= 1 << 24; i++) {
            last = slots.reserve();
            slots.free(last);
        }
        assertThat(last >>> 56).isZero();
        assertThat(Slots.slot(last)).isZero();
    }
}
