package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tinygate.relay.Conversation.Item;
import tinygate.relay.Conversation.Outcome;

/** However the bytes are cut into pieces, the same comes out. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SplitTest {

    /** The item alone, and between two others that show whether it left anything behind. */
    private static Conversation around(Item item) {
        return Conversation.of(List.of(Item.GET, item, Item.POST));
    }

    @ParameterizedTest
    @EnumSource(
            value = Item.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LARGE", "UPLOAD"})
    void eachCutOfEachStreamGivesTheSame(Item item) {
        Conversation conversation = around(item);
        int responseBytes =
                conversation.responses().stream().mapToInt(r -> r.bytes().length()).sum();
        for (IoStyle style : IoStyle.values()) {
            Outcome whole = conversation.hold(style, Chance.plain());
            for (int at = 1; at < conversation.client().length(); at++) {
                assertThat(conversation.hold(style, Chance.cut(Side.CLIENT, at)))
                        .as("client's bytes cut at %d", at)
                        .isEqualTo(whole);
            }
            for (int at = 1; at < responseBytes; at++) {
                assertThat(conversation.hold(style, Chance.cut(Side.UPSTREAM, at)))
                        .as("upstreams' bytes cut at %d", at)
                        .isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Item.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LARGE", "UPLOAD"})
    void byteByByteGivesTheSame(Item item) {
        Conversation conversation = around(item);
        Outcome whole = conversation.hold(IoStyle.READINESS, Chance.plain());
        for (IoStyle style : IoStyle.values()) {
            assertThat(conversation.hold(style, Chance.byteByByte())).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothWaysOfDoingIoGiveTheSame(Item item) {
        Conversation conversation = around(item);
        assertThat(conversation.hold(IoStyle.COMPLETION, Chance.plain()))
                .isEqualTo(conversation.hold(IoStyle.READINESS, Chance.plain()));
    }
}
