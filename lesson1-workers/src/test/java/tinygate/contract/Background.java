package tinygate.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** What a test does at the same time as the rest of it. */
final class Background {
    private static final int SECONDS = 30;

    private final FutureTask<Void> task;

    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    private Background(Callable<Void> work) {
        task = new FutureTask<>(work);
    }

    static Background start(Work work) {
        Background background =
                new Background(
                        () -> {
                            work.run();
                            return null;
                        });
        Thread thread = new Thread(background.task, "background of a test");
        thread.setDaemon(true);
        thread.start();
        return background;
    }

    /** Waits for its end; fails as it failed. */
    void finish() throws Exception {
        try {
            task.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}
