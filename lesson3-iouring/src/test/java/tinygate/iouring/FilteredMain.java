package tinygate.iouring;

import java.util.Arrays;
import tinygate.linux.Errno;

/**
 * This lesson's command line in a process that a seccomp filter forbids io_uring, or a part of it.
 */
final class FilteredMain {

    private FilteredMain() {}

    /**
     * @param args the name of the error, the number of the forbidden call, and what {@link Main} is
     *     told
     */
    public static void main(String[] args) throws Exception {
        SeccompFilter.refuse(Errno.valueOf(args[0]), Integer.parseInt(args[1]));
        Main.main(Arrays.copyOfRange(args, 2, args.length));
    }
}
