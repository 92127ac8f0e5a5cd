package tinygate.sqpoll;

import java.util.ArrayList;
import java.util.List;

/**
 * One order in which a loop that publishes an entry and a poller that falls asleep may run. The
 * loop's processor keeps its write to itself for as long as it may: until a fence, or until all is
 * over. The poller's two steps come at the moments that are given, counted by the loop's steps.
 */
final class WakeUpSchedule {
    private final int flagAt;
    private final int lookAt;
    private final List<String> events = new ArrayList<>();
    private int moment;
    private boolean written;
    private boolean seen;
    private boolean flag;
    private boolean looked;
    private boolean asleep;

    /**
     * @param flagAt before which step of the loop the poller sets NEED_WAKEUP
     * @param lookAt before which one it looks at the tail for the last time
     */
    WakeUpSchedule(int flagAt, int lookAt) {
        this.flagAt = flagAt;
        this.lookAt = lookAt;
    }

    /** Publishes an entry; answers whether the poller would be woken. */
    boolean run() {
        boolean woken = new WakeUp(this::writeTail, this::readFlag, this::fence).publish();
        while (!looked) {
            pollerMoves();
        }
        return woken;
    }

    private void pollerMoves() {
        if (moment >= flagAt && !flag) {
            flag = true;
            events.add("the poller: writes NEED_WAKEUP, full fence");
        }
        if (moment >= lookAt && !looked) {
            looked = true;
            asleep = !seen;
            events.add("the poller: reads the tail: " + (seen ? "an entry" : "nothing, sleeps"));
        }
        moment++;
    }

    private void writeTail() {
        pollerMoves();
        written = true;
        events.add("the loop: writes the tail, which its processor keeps to itself yet");
    }

    private void fence() {
        pollerMoves();
        seen |= written;
        events.add("the loop: full fence, from which on all see what it has written");
    }

    private boolean readFlag() {
        pollerMoves();
        events.add("the loop: reads NEED_WAKEUP: " + (flag ? "set" : "not set"));
        return flag;
    }

    /** Whether the poller sleeps though there is an entry. */
    boolean sleepsOnAnEntry() {
        return asleep && written;
    }

    List<String> events() {
        return events;
    }
}
