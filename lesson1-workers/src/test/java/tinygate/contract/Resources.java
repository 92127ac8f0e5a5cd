package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * What this process holds at one moment, gate and test together: compared with a later moment it
 * shows what a gate has not given back.
 *
 * @param heapBytes what is left of the heap after a collection
 */
record Resources(int files, long threads, long heapBytes) {
    private static final File DESCRIPTORS = new File("/proc/self/fd");
    private static final long HEAP_ROOM = 8 << 20;

    static Resources now() {
        Assumptions.assumeTrue(DESCRIPTORS.isDirectory(), "there is no /proc here");
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return new Resources(
                DESCRIPTORS.list().length,
                countThreads(),
                runtime.totalMemory() - runtime.freeMemory());
    }

    /** Threads of the gate; those that the test itself needs now and then do not count. */
    private static long countThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.equals(AnsweringUpstream.THREAD))
                .filter(name -> !name.startsWith("awaitility"))
                .filter(name -> !name.startsWith("upstream-"))
                .count();
    }

    /**
     * Waits until this process holds no more than then.
     *
     * @param moreFiles how many more files it may hold: upstream connections that are kept
     */
    void awaitAgain(int moreFiles) {
        Awaitility.await("open files, threads and heap are back where they were")
                .atMost(Wire.PATIENCE)
                .untilAsserted(
                        () -> {
                            Resources now = now();
                            assertThat(now.files)
                                    .as("open files")
                                    .isLessThanOrEqualTo(files + moreFiles);
                            assertThat(now.threads).as("threads").isLessThanOrEqualTo(threads);
                            assertThat(now.heapBytes)
                                    .as("bytes of heap")
                                    .isLessThan(heapBytes + HEAP_ROOM);
                        });
    }
}
