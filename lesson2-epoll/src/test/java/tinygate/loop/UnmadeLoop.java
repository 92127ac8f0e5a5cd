package tinygate.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Function;
import tinygate.Settings;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;

/**
 * A loop that cannot be made, since its address is in use: it learns that last, when it has all
 * that it needs.
 */
public final class UnmadeLoop {
    private static final int TIMES = 20;

    private UnmadeLoop() {}

    /** Tries to make a gate's loop again and again, and counts the files that are left open. */
    public static void expectNothingLeft(Function<Settings, LoopGate> newGate) throws IOException {
        LoopGate gate = newGate.apply(LoopParts.settings());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
            expectAddressInUse(gate, address);
            int files = openFiles();
            for (int i = 0; i < TIMES; i++) {
                expectAddressInUse(gate, address);
            }
            assertThat(openFiles()).as("open files").isLessThan(files + TIMES);
        }
    }

    private static void expectAddressInUse(LoopGate gate, InetSocketAddress address) {
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> gate.newLoop(LoopParts.context(gate), address))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE));
    }

    private static int openFiles() {
        return new File("/proc/self/fd").list().length;
    }
}
