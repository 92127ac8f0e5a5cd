package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import tinygate.relay.Conversation.Item;

/**
 * Whatever the order of completions, the size of pieces and the pauses: the outcome is that of the
 * plain schedule. More cases: {@code -Djqwik.tries.default=100000}.
 */
class RandomScheduleTest {

    @Property
    void theScheduleDoesNotMatter(
            @ForAll IoStyle style,
            @ForAll @Size(min = 1, max = 6) List<Item> items,
            @ForAll long seed) {
        Conversation conversation = Conversation.of(items);
        assertThat(conversation.hold(style, new Random(seed)))
                .isEqualTo(conversation.hold(IoStyle.READINESS, Chance.plain()));
    }
}
