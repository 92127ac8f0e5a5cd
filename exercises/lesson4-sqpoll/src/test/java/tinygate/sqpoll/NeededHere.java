package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQPOLL;

import org.junit.jupiter.api.Assumptions;
import tinygate.PollerSettings;
import tinygate.iouring.KernelRelease;
import tinygate.iouring.Preflight;
import tinygate.iouring.Ring;
import tinygate.iouring.RingSetup;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/** What an exercise, or one of its tests, asks of the machine before it begins. */
final class NeededHere {
    private static final PollerSettings DEFAULTS = PollerSettings.DEFAULTS;

    private NeededHere() {}

    /** A ring with a poller, made without any class that a student writes; else, why not. */
    static void poller() {
        Preflight found = Preflight.check().and(() -> PollerRequirements.judge(facts(), DEFAULTS));
        if (!found.ok()) {
            Assumptions.abort(found.reason());
        }
    }

    private static PollerFacts facts() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new PollerFacts(KernelRelease.running(), processors, answer(), 0, 0, 0);
    }

    private static int answer() {
        RingSetup.Poller poller = new RingSetup.Poller(1, 0, 0);
        RingSetup setup = new RingSetup(4, 4, 1, IORING_SETUP_SQPOLL, 0, poller);
        try (Ring ring = new Ring(new Linux(), setup)) {
            return Math.min(0, ring.fd());
        } catch (LinuxException e) {
            return -e.errno().number();
        }
    }
}
