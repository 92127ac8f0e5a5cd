package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.http.NettyReader.Meaning;

/**
 * Compares our reading of thousands of heads with Netty's: both must refuse a head, or read the
 * same in it, or the {@link Disagreement} must be a known one. {@code -Dtinygate.heads=1000000}
 * compares more, {@code -Dtinygate.seed=2} others.
 */
@Timeout(600)
class NettyDifferenceTest {
    private static final int HEADS = Integer.getInteger("tinygate.heads", 10_000);
    private static final long SEED = Long.getLong("tinygate.seed", 1);

    private final MessageReader reader = MessageReader.ofRequests(MessageReader.LIMITS);

    @Test
    void everyDisagreementIsExplainedAndEveryExplanationIsNeeded() {
        HeadGenerator heads = new HeadGenerator(SEED);
        Set<Disagreement> met = EnumSet.noneOf(Disagreement.class);
        int accepted = 0;
        for (int i = 0; i < HEADS; i++) {
            byte[] head = heads.request();
            Meaning ours = meaning(reader.read(head));
            Meaning theirs = NettyReader.read(head);
            accepted += ours.refused() ? 0 : 1;
            if (!ours.agrees(theirs)) {
                Optional<Disagreement> explanation = Disagreement.explaining(head, ours.why());
                assertThat(explanation)
                        .as(
                                "seed %d, head %d: %s%n  we say %s%n  Netty says %s",
                                SEED, i, WireText.show(head), ours, theirs)
                        .isPresent();
                met.add(explanation.orElseThrow());
            }
        }

        assertThat(met).as("rows that explain something").containsExactly(Disagreement.values());
        assertThat(accepted).as("heads that we accept").isGreaterThan(HEADS / 4);
    }

    private static Meaning meaning(Outcome outcome) {
        if (outcome.refused() > 0) {
            return Meaning.none("refused", outcome.start());
        }
        if (outcome.headBytes() == 0) {
            return Meaning.none("incomplete", "");
        }
        String requestLine = outcome.start().substring(0, outcome.start().indexOf(" for "));
        List<String> fields =
                outcome.fields().stream().map(field -> field.replace("[hop] ", "")).toList();
        return new Meaning(requestLine, outcome.framing(), fields, "");
    }
}
