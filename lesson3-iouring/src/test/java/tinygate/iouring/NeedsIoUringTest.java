package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class NeedsIoUringTest {
    private static final Preflight FIT = Preflight.of(Facts.fit().build());
    private static final Preflight UNFIT = Preflight.of(Facts.fit().release("6.0.19").build());

    @Test
    void aTestRunsWhereIoUringCanBeUsed() {
        assertThat(evaluate(FIT, true).isDisabled()).isFalse();
    }

    @Test
    void aTestIsSkippedWithThePreflightsReason() {
        ConditionEvaluationResult result = evaluate(UNFIT, false);
        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).hasValue(UNFIT.reason());
    }

    @Test
    void inCiATestFailsWithThatReasonInstead() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> evaluate(UNFIT, true))
                .withMessageContaining(UNFIT.reason());
    }

    private static ConditionEvaluationResult evaluate(Preflight preflight, boolean ci) {
        return new NeedsIoUring.Condition(() -> preflight, ci).evaluateExecutionCondition(null);
    }
}
