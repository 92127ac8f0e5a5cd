package tinygate.iouring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test, or a class of tests, that cannot run without io_uring: skipped where {@link Preflight}
 * finds that it cannot be used, with its reason. In CI nothing is skipped: there it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NeedsIoUring.Condition.class)
public @interface NeedsIoUring {

    /** Asks the preflight before each class or method that is annotated. */
    final class Condition implements ExecutionCondition {
        private final Supplier<Preflight> preflight;
        private final boolean ci;

        Condition() {
            this(Preflight::check, "true".equals(System.getenv("CI")));
        }

        Condition(Supplier<Preflight> preflight, boolean ci) {
            this.preflight = preflight;
            this.ci = ci;
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Preflight found = preflight.get();
            if (found.ok()) {
                return ConditionEvaluationResult.enabled("io_uring can be used here");
            }
            if (ci) {
                throw new AssertionError("in CI nothing is skipped: " + found.reason());
            }
            return ConditionEvaluationResult.disabled(found.reason());
        }
    }
}
