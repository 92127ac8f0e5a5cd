package tinygate.sqpoll;

import java.util.List;
import tinygate.PollerSettings;
import tinygate.iouring.Finding;
import tinygate.iouring.Preflight;
import tinygate.linux.Errno;

/**
 * What this lesson needs beyond lesson 3, a method for each row of the {@link Preflight}. Asked by
 * {@code --preflight} and by the gate, before it listens. Causes and cures are written here.
 */
final class PollerRequirements {
    private static final String ALLOWED = "allowed";

    private static final String LOCKED_MEMORY =
            "it is locked memory, of which all processes of a user together may have"
                    + " RLIMIT_MEMLOCK, rings included";

    private static final String RAISE_LOCKED_MEMORY =
            "raise the limit (ulimit -l, LimitMEMLOCK= of a systemd unit, or docker run --ulimit"
                    + " memlock=-1)";

    private final PollerFacts facts;
    private final PollerSettings settings;

    private PollerRequirements(PollerFacts facts, PollerSettings settings) {
        this.facts = facts;
        this.settings = settings;
    }

    /** Asks the running kernel, by any thread; something is missing if the settings ask for it. */
    static Preflight check(PollerSettings settings) {
        return Preflight.check().and(() -> judge(PollerFacts.ask(), settings));
    }

    static List<Finding> judge(PollerFacts facts, PollerSettings settings) {
        PollerRequirements all = new PollerRequirements(facts, settings);
        return List.of(
                all.poller(),
                all.processors(),
                all.registeredFiles(),
                all.registeredBuffers(),
                all.zeroCopy());
    }

    private Finding poller() {
        String subject = "poller (SQPOLL)";
        if (facts.poller() == 0) {
            return Finding.ok(subject, ALLOWED, ALLOWED);
        }
        Errno errno = Errno.of(facts.poller());
        String cause = errno.cause();
        String cure = errno.cure();
        switch (errno) {
            case EPERM, EACCES -> {
                cause =
                        "a security module, such as SELinux, forbids a thread of the kernel that"
                                + " polls (Linux before 5.13 forbids it to all but root)";
                cure = "allow it in the module's policy, or run --engine=iouring";
            }
            case ENOMEM -> {
                cause = LOCKED_MEMORY;
                cure = RAISE_LOCKED_MEMORY;
            }
            default -> {}
        }
        return Finding.missing(subject, errno.toString(), ALLOWED, cause, cure);
    }

    private Finding processors() {
        String subject = "processors";
        String found = "" + facts.processors();
        String needed = "one for the poller";
        if (facts.processors() > 1) {
            return Finding.ok(subject, found, needed);
        }
        return Finding.low(
                subject,
                found,
                needed,
                "poller and loops take turns on it, and each looks for work while the other has"
                        + " some",
                "give the process two (taskset, docker run --cpuset-cpus), or run"
                        + " --engine=iouring");
    }

    /** Of an older kernel that has the table, but is slow to let go of what was in it. */
    private Finding registeredFiles() {
        String subject = "registered files";
        String needed = "Linux 6.13";
        String cure = "leave poller.registeredFiles false, or boot a newer kernel";
        if (facts.files() < 0) {
            Errno errno = Errno.of(facts.files());
            return notHere(settings.registeredFiles(), subject, needed, errno, cure);
        }
        if (facts.release().atLeast(6, 13)) {
            return Finding.ok(subject, ALLOWED, needed);
        }
        return Finding.notHere(
                settings.registeredFiles(),
                subject,
                facts.release().toString(),
                needed,
                "before Linux 6.13 a socket that is taken out of the table stays open until all"
                        + " operations on others that were begun earlier have ended, and a receive"
                        + " of this gate goes on for as long as its connection",
                cure);
    }

    private Finding registeredBuffers() {
        String subject = "registered buffers";
        String needed = "RLIMIT_MEMLOCK";
        if (facts.buffers() == 0) {
            return Finding.ok(subject, ALLOWED, needed);
        }
        Errno errno = Errno.of(facts.buffers());
        if (errno == Errno.ENOMEM) {
            return Finding.notHere(
                    false, subject, "ENOMEM", needed, LOCKED_MEMORY, RAISE_LOCKED_MEMORY);
        }
        return notHere(false, subject, needed, errno, errno.cure());
    }

    private Finding zeroCopy() {
        String subject = "send without a copy";
        String needed = "SEND_ZC (6.0)";
        if (facts.zeroCopy() == 0) {
            return Finding.ok(subject, ALLOWED, needed);
        }
        return notHere(
                false, subject, needed, Errno.of(facts.zeroCopy()), "boot a standard kernel");
    }

    private static Finding notHere(
            boolean asked, String subject, String needed, Errno errno, String cure) {
        return Finding.notHere(asked, subject, errno.toString(), needed, errno.cause(), cure);
    }
}
