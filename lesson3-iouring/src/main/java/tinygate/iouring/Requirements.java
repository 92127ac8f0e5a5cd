package tinygate.iouring;

import static tinygate.iouring.Finding.low;
import static tinygate.iouring.Finding.missing;
import static tinygate.iouring.Finding.ok;
import static tinygate.iouring.Finding.unknown;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tinygate.linux.Errno;

/**
 * What io_uring needs, one method for each row of the {@link Preflight}, in the order in which one
 * lack brings about another. Causes and cures are written here.
 */
final class Requirements {
    private static final String SYSTEM = "system";
    private static final String SYSTEM_NEEDED = "Linux, x86-64 or aarch64";
    private static final String CALL_NEEDED = "allowed";

    /** An exchange has a client and an upstream; the default of limits.connections is 1024. */
    private static final long OPEN_FILES = 4_096;

    /**
     * A gate's ring takes 216 KiB of it: 1024 submissions of 64 bytes and their places, 8192
     * completions of 16 bytes, and 1024 buffers' entries of 16 bytes.
     */
    private static final long LOCKED_BYTES_FOR_A_LOOP = 256 << 10;

    private static final String ALLOW =
            "in a container, use a seccomp profile that allows io_uring_setup, io_uring_enter and"
                    + " io_uring_register (docker run --security-opt seccomp=FILE; the course's own is"
                    + " .devcontainer/seccomp.json), or run on the host";

    private static final String RAISE_LOCKED_MEMORY =
            "raise the limit: ulimit -l, LimitMEMLOCK= of a systemd unit, or docker run --ulimit"
                    + " memlock=-1";

    private final KernelFacts facts;

    private Requirements(KernelFacts facts) {
        this.facts = facts;
    }

    static List<Finding> judge(KernelFacts facts) {
        if (facts.obstacle() != null) {
            return List.of(
                    missing(
                            SYSTEM,
                            "unfit",
                            SYSTEM_NEEDED,
                            facts.obstacle().replaceAll("\\.$", ""),
                            "run lesson 1, or find a machine that has what is needed"));
        }
        Requirements all = new Requirements(facts);
        return List.of(
                ok(SYSTEM, "fit", SYSTEM_NEEDED),
                all.kernel(),
                all.sysctl(),
                all.setup(),
                all.call("io_uring_enter", facts.enter()),
                all.call("io_uring_register", facts.register()),
                all.capabilities("set-up flags", Capability.SETUP_FLAGS, facts.setup()),
                all.capabilities("features", Capability.FEATURES, facts.setup()),
                all.capabilities("operations", Capability.OPERATIONS, facts.register()),
                all.openFiles(),
                all.lockedMemory());
    }

    private Finding kernel() {
        String subject = "kernel";
        String needed = "6.1 or newer";
        if (KernelRelease.of(facts.release()).atLeast(6, 1)) {
            return ok(subject, facts.release(), needed);
        }
        return missing(
                subject,
                facts.release(),
                needed,
                "Linux 6.1 was the first with rings whose work waits until the loop asks for it"
                        + " (IORING_SETUP_DEFER_TASKRUN)",
                "boot a newer kernel, such as that of Debian 12 or Ubuntu 24.04 (on Windows: wsl"
                        + " --update); lessons 1 and 2 run on this one");
    }

    private Finding sysctl() {
        String subject = "kernel.io_uring_disabled";
        String needed = "0, or not there";
        String found = facts.disabled() < 0 ? "not there" : "" + facts.disabled();
        boolean refused = Errno.EPERM.is(facts.setup());
        if (facts.disabled() == 2) {
            return missing(
                    subject,
                    found,
                    needed,
                    "the administrator has switched io_uring off for everybody",
                    "as root, on the host: sysctl kernel.io_uring_disabled=0");
        }
        if (facts.disabled() == 1 && refused) {
            return missing(
                    subject,
                    found,
                    needed,
                    "the administrator has switched io_uring off for all but CAP_SYS_ADMIN and the"
                            + " members of one group, and this process is none of them",
                    "as root, on the host: sysctl kernel.io_uring_disabled=0, or sysctl"
                            + " kernel.io_uring_group=GID with a group of yours");
        }
        return ok(subject, facts.disabled() == 1 ? "1, you may" : found, needed);
    }

    private Finding setup() {
        String subject = "io_uring_setup";
        if (facts.setup() == 0) {
            return ok(subject, CALL_NEEDED, CALL_NEEDED);
        }
        String found = Errno.of(facts.setup()).toString();
        if (Errno.EPERM.is(facts.setup()) && facts.disabled() > 0) {
            return missing(subject, found, CALL_NEEDED, "", ""); // explained above
        }
        if (Errno.ENOMEM.is(facts.setup())) {
            return missing(
                    subject,
                    found,
                    CALL_NEEDED,
                    "a ring counts as locked memory (Linux before 5.12, and again from 6.14), of"
                            + " which this process may have "
                            + bytes(facts.lockedBytes()),
                    RAISE_LOCKED_MEMORY);
        }
        return refusedCall(subject, facts.setup());
    }

    private Finding call(String subject, int result) {
        if (facts.setup() < 0) {
            return unknown(subject, CALL_NEEDED);
        }
        return result == 0 ? ok(subject, CALL_NEEDED, CALL_NEEDED) : refusedCall(subject, result);
    }

    private Finding refusedCall(String subject, int result) {
        Errno errno = Errno.of(result);
        String filter =
                facts.seccompFilters() > 0
                        ? "a seccomp filter"
                        : "something outside this program, such as a seccomp filter,";
        String cause;
        String cure = ALLOW;
        switch (errno) {
            case EPERM -> cause = filter + " forbids the call, as Docker's default profile does";
            case ENOSYS ->
                    cause =
                            filter
                                    + " hides the call, as Podman's default profile does, or the"
                                    + " kernel was built without it (CONFIG_IO_URING)";
            case EACCES -> {
                cause = "a security module, such as SELinux, forbids the call";
                cure = "allow io_uring in the module's policy; its log tells which rule it was";
            }
            default -> {
                cause = errno.cause();
                cure = errno.cure();
            }
        }
        return missing(subject, errno.toString(), CALL_NEEDED, cause, cure);
    }

    /**
     * @param asked the answer of the call that all depends on
     */
    private Finding capabilities(String subject, List<Capability> needed, int asked) {
        String all = needed.stream().map(Capability::name).collect(Collectors.joining(", "));
        if (facts.setup() < 0 || asked < 0) {
            return unknown(subject, all);
        }
        List<Capability> lacking = new ArrayList<>(needed);
        lacking.retainAll(facts.missing());
        if (lacking.isEmpty()) {
            return ok(subject, "all", all);
        }
        String names = lacking.stream().map(Capability::toString).collect(Collectors.joining(", "));
        return missing(
                subject,
                lacking.size() + " of " + needed.size() + " missing",
                all,
                "this kernel lacks "
                        + names
                        + ", each of which came with the version in brackets; a newer kernel that"
                        + " lacks it was changed by whoever built it, or is something else, as"
                        + " gVisor is",
                "boot a standard kernel, 6.1 or newer");
    }

    private Finding openFiles() {
        String subject = "open files";
        String needed = "2 for a connection";
        String found = "" + facts.openFiles();
        if (facts.openFiles() >= OPEN_FILES) {
            return ok(subject, found, needed);
        }
        return low(
                subject,
                found,
                needed,
                "an exchange takes a descriptor for its client and one for its upstream",
                "raise the limit (ulimit -n " + OPEN_FILES + ") or lower limits.connections");
    }

    private Finding lockedMemory() {
        String subject = "locked memory";
        long processors = Runtime.getRuntime().availableProcessors();
        String needed = "256 KiB for a loop";
        String found = bytes(facts.lockedBytes());
        if (facts.lockedBytes() >= processors * LOCKED_BYTES_FOR_A_LOOP) {
            return ok(subject, found, needed);
        }
        return low(
                subject,
                found,
                needed,
                "Linux 6.14 and later count rings as locked memory, of all processes of a user together,"
                        + " and answer ENOMEM beyond the limit",
                RAISE_LOCKED_MEMORY);
    }

    private static String bytes(long count) {
        return count == Long.MAX_VALUE ? "no limit" : count / 1024 + " KiB";
    }
}
