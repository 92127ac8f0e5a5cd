package tinygate.sqpoll;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;

/**
 * The kernel's poller as a thread of this process, and the loop that feeds it: one entry a round,
 * published by a {@link WakeUp}. The poller looks for a moment, then goes to sleep as the kernel's
 * does ({@code io_sq_thread}): it sets the flag, has a full fence, and looks once more. A wake-up
 * is lost if it sleeps on an entry whose publisher was told that it need not wake anybody.
 */
final class PollerModel {
    private static final int LINE = 64; // words between two that must not share a cache line
    private static final int TAIL = LINE; // the loop's
    private static final int NEED_WAKEUP = 2 * LINE; // the poller's, as are the next two
    private static final int HEAD = 3 * LINE;
    private static final int ASLEEP = 4 * LINE;
    private static final int WOKEN = 5 * LINE; // the loop's
    private static final int ENDED = 6 * LINE;
    private static final int LOOKS = 64;

    private final AtomicIntegerArray words = new AtomicIntegerArray(7 * LINE);
    private final WakeUp wakeUp;
    private int round;
    private int wakeUps;
    private int lost;

    PollerModel(Runnable fence) {
        wakeUp =
                new WakeUp(
                        () -> words.setRelease(TAIL, round),
                        () -> words.getAcquire(NEED_WAKEUP) != 0,
                        fence);
    }

    /**
     * Publishes entries until there were enough rounds, or something was lost, or time is over.
     *
     * @param endNanos a {@link System#nanoTime}
     */
    void run(int rounds, long endNanos) {
        Thread poller = new Thread(this::poll, "poller-model");
        poller.start();
        while (round < rounds && lost == 0 && System.nanoTime() - endNanos < 0) {
            round++;
            for (int i = round % LOOKS; i > 0; i--) { // meets the poller at another point each time
                Thread.onSpinWait();
            }
            if (wakeUp.publish()) {
                wakeUps++;
                words.set(WOKEN, 1);
                await(() -> words.get(HEAD) == round);
            } else {
                await(() -> words.get(HEAD) == round || words.get(ASLEEP) != 0);
                if (words.get(HEAD) != round) {
                    lost++;
                }
            }
        }
        words.set(ENDED, 1);
        words.set(WOKEN, 1);
        awaitEnd(poller);
    }

    private void poll() {
        int head = 0;
        while (words.get(ENDED) == 0) {
            for (int i = 0; i < LOOKS && words.getAcquire(TAIL) == head; i++) {
                Thread.onSpinWait();
            }
            if (words.getAcquire(TAIL) == head) {
                goToSleep(head);
            }
            head = words.getAcquire(TAIL);
            words.set(HEAD, head);
        }
    }

    private void goToSleep(int head) {
        words.set(NEED_WAKEUP, 1);
        VarHandle.fullFence();
        if (words.getAcquire(TAIL) == head) {
            words.set(ASLEEP, 1);
            await(() -> words.get(WOKEN) != 0);
            words.set(WOKEN, 0);
            words.set(ASLEEP, 0);
        }
        words.set(NEED_WAKEUP, 0);
    }

    private static void await(BooleanSupplier condition) {
        for (int looks = 1; !condition.getAsBoolean(); looks++) {
            if (looks % 1_000 == 0) {
                Thread.yield(); // the other one may have no processor
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static void awaitEnd(Thread poller) {
        try {
            poller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int rounds() {
        return round;
    }

    int wakeUps() {
        return wakeUps;
    }

    int lost() {
        return lost;
    }
}
