package tinygate.linux;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** An exercise that asks the kernel: where there is no Linux it is not gradable, and says why. */
public interface NeedsLinux {
    @BeforeAll
    static void thisMachineHasTheSystemCalls() {
        try {
            Machine.current();
        } catch (UnsupportedOperationException e) {
            Assumptions.abort(e.getMessage());
        }
    }
}
