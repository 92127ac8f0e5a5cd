package tinygate.kit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** An exercise that asks the kernel: where there is no Linux it is not gradable, and says why. */
public interface NeedsLinux {
    @BeforeAll
    static void thisMachineHasTheSystemCalls() {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        Assumptions.assumeTrue(
                system.equals("Linux") && processor.matches("amd64|x86_64|aarch64"),
                () ->
                        "it makes system calls of Linux on x86-64 or aarch64, and this is "
                                + system
                                + " on "
                                + processor
                                + ": use a virtual machine, WSL 2 or the dev container");
    }
}
