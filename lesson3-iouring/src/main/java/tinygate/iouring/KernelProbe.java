package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_REGISTER_PROBE;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_CQSIZE;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SINGLE_ISSUER;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tinygate.RingSettings;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * Asks the running kernel for its {@link KernelFacts}: reads files of {@code /proc}, and sets up
 * rings that are closed at once.
 *
 * <pre>
 *   struct io_uring_probe, 16 + 256 * 8 bytes
 *    0  last_op  u8
 *    1  ops_len  u8
 *   16  ops[]:   0  op     u8
 *                2  flags  u16, bit 0: supported
 * </pre>
 */
final class KernelProbe {
    /** As large as a gate's, so that the limit of locked memory is tried as well. */
    private static final RingSetup USUAL = RingMode.entering(RingSettings.DEFAULTS).setup();

    private static final RingSetup SMALL = RingSetup.ofOneThread(4, 8, 1);
    private static final int MOST_OPERATIONS = 256;
    private static final int OPERATIONS = 16;
    private static final int OPERATION_BYTES = 8;
    private static final int OPERATION_FLAGS = 2;
    private static final int SUPPORTED = 1;

    private static final int CAP_IPC_LOCK = 14; // linux/capability.h

    /** The first user namespace's uid_map: each of 2^32 - 1 users is itself. */
    private static final String ALL_USERS = "0 0 4294967295";

    private final Linux linux;
    private final NativeMemory memory;
    private final RingParameters parameters;
    private final List<Capability> missing = new ArrayList<>();
    private int enter;
    private int register;

    private KernelProbe(Linux linux, NativeMemory memory) {
        this.linux = linux;
        this.memory = memory;
        parameters = new RingParameters(memory);
    }

    /** Takes a millisecond or so, and a descriptor at a time. */
    static KernelFacts ask() {
        try {
            Linux linux = new Linux();
            int bytes = OPERATIONS + MOST_OPERATIONS * OPERATION_BYTES;
            try (NativeMemory memory = NativeMemory.allocate(linux, bytes)) {
                return new KernelProbe(linux, memory).facts();
            }
        } catch (UnsupportedOperationException | IllegalStateException | LinuxException e) {
            return KernelFacts.unknown(e.getMessage());
        }
    }

    private KernelFacts facts() {
        int ring = setUp(USUAL, 0);
        if (ring >= 0) {
            askTheRing(ring);
        }
        return new KernelFacts(
                null,
                System.getProperty("os.version"),
                line("/proc/sys/kernel/io_uring_disabled", "").map(Integer::parseInt).orElse(-1),
                status("Seccomp_filters:").map(Integer::parseInt).orElse(0),
                Math.min(ring, 0),
                enter,
                register,
                List.copyOf(missing),
                limit("Max open files"),
                mayLockAnything() ? Long.MAX_VALUE : limit("Max locked memory"));
    }

    private void askTheRing(int ring) {
        int features = parameters.features();
        for (Capability feature : Capability.FEATURES) {
            note(feature, (features & feature.number()) != 0);
        }
        enter = Math.min(0, linux.ioUringEnter(ring, 0, 0, 0, 0, 0));
        probeOperations(ring);
        linux.close(ring);
        for (Capability flag : Capability.SETUP_FLAGS) {
            // This one is refused without the other.
            int with = flag.number() == IORING_SETUP_DEFER_TASKRUN ? IORING_SETUP_SINGLE_ISSUER : 0;
            int other = setUp(SMALL, flag.number() | with);
            note(flag, !Errno.EINVAL.is(other));
            if (other >= 0) {
                linux.close(other);
            }
        }
    }

    /** A ring of these sizes, with these flags. */
    private int setUp(RingSetup sizes, int flags) {
        parameters.ask(flags | IORING_SETUP_CQSIZE, sizes);
        return linux.ioUringSetup(sizes.submissions(), parameters.address());
    }

    private void probeOperations(int ring) {
        ByteBuffer probe = memory.buffer();
        for (int i = 0; i < probe.capacity(); i += Integer.BYTES) {
            probe.putInt(i, 0);
        }
        register =
                linux.ioUringRegister(
                        ring, IORING_REGISTER_PROBE, memory.address(), MOST_OPERATIONS);
        if (register == 0) {
            for (Capability operation : Capability.OPERATIONS) {
                int at = OPERATIONS + operation.number() * OPERATION_BYTES + OPERATION_FLAGS;
                note(operation, (probe.getShort(at) & SUPPORTED) != 0);
            }
        }
    }

    private void note(Capability capability, boolean there) {
        if (!there) {
            missing.add(capability);
        }
    }

    /** The soft limit, see proc(5); the JVM has raised that of open files to the hard one. */
    private static long limit(String name) {
        String soft = line("/proc/self/limits", name).orElse("0").split("\\s+")[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
    }

    /**
     * The limit of locked memory does not bind who has this capability; root has it as a rule. It
     * counts in the first user namespace only (user_namespaces(7)): a rootless container may have
     * it, and is bound all the same.
     */
    private static boolean mayLockAnything() {
        long effective = Long.parseUnsignedLong(status("CapEff:").orElse("0"), 16);
        String users = line("/proc/self/uid_map", "").orElse("").replaceAll("\\s+", " ");
        return (effective >> CAP_IPC_LOCK & 1) != 0 && users.equals(ALL_USERS);
    }

    private static Optional<String> status(String name) {
        return line("/proc/self/status", name);
    }

    /** What follows the name in the line of a file that begins with it; empty without the file. */
    private static Optional<String> line(String file, String name) {
        // A sysctl gives its value to one read only: Files.readString would get the first digit.
        try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
            return reader.lines()
                    .filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(name.length()).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
