import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.function.IntSupplier;

/** What a call from Java through JNA costs: one that only computes, and one that enters the kernel. */
class CallCost {
    static {
        Native.register(CallCost.class, NativeLibrary.getProcess());
    }

    static native int abs(int number);

    static native int getppid();

    static int sum; // so that no call is optimised away

    // tag::calls[]
    public static void main(String[] args) {
        for (int round = 1; round <= 5; round++) {
            System.out.printf(
                    "abs %4d ns   getppid %4d ns%n", nanos(() -> abs(-7)), nanos(() -> getppid()));
        }
    }

    private static long nanos(IntSupplier call) {
        int calls = 2_000_000;
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            sum += call.getAsInt();
        }
        return (System.nanoTime() - start) / calls;
    }
    // end::calls[]
}
