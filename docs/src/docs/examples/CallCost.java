import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/**
 * What a call from Java through JNA costs: one that only computes, and one that enters the kernel;
 * and how often the thread lost the processor meanwhile.
 */
class CallCost {
    private static final int ROUNDS = 5;
    private static final int CALLS = 1_000_000; // of each, in a round

    static {
        Native.register(CallCost.class, NativeLibrary.getProcess());
    }

    static native int abs(int number);

    static native int getppid();

    static int sum; // so that no call is optimised away

    // tag::measure[]
    public static void main(String[] args) throws IOException {
        long before = switches();
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.printf(
                    "abs %d ns, getppid %d ns%n", nanos(() -> abs(-7)), nanos(() -> getppid()));
        }
        System.out.printf(
                "%,d system calls, %,d context switches%n", ROUNDS * CALLS, switches() - before);
    }

    private static long nanos(IntSupplier call) {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            sum += call.getAsInt();
        }
        return (System.nanoTime() - start) / CALLS;
    }

    /** How often this thread has lost the processor or given it up; see proc(5). */
    private static long switches() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.contains("ctxt_switches:"))
                .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
                .sum();
    }
    // end::measure[]
}
