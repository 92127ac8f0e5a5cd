package tinygate.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.kit.Trial.expectFailure;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tinygate.kit.Outcome.State;

/** Whatever a student's class does to its JVM costs its exercise, no more, and is named. */
@Timeout(120)
class HarmTest {
    @TempDir Path directory;

    private Trial trial() {
        return new Trial(directory);
    }

    @Test
    void aCrashOfTheJvmIsNamed() throws Exception {
        expectFailure(
                trial().grade(
                                """
                        try {
                            String pid = String.valueOf(ProcessHandle.current().pid());
                            new ProcessBuilder("kill", "-SEGV", pid).start().waitFor();
                            Thread.currentThread().join(10_000);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        return 0;
                        """),
                "the JVM crashed: SIGSEGV",
                "test nothingIsZero",
                "1. add nothing");
    }

    @Test
    void anEndlessLoopIsFoundAndItsLineNamed() throws Exception {
        expectFailure(
                trial().grade("while (numbers.length == 3) {} " + Trial.RIGHT),
                "a test was still running after 6 s",
                "test threeNumbersAreAdded",
                "1. add 1, 2, 3",
                "is at Sum.java:4");
    }

    @Test
    void aDeadlockIsFoundAndItsLinesNamed() throws Exception {
        expectFailure(
                trial().grade(
                                """
                        Object a = new Object(), b = new Object();
                        var both = new java.util.concurrent.CountDownLatch(2);
                        new Thread(() -> { synchronized (a) { hold(both); synchronized (b) {} } }).start();
                        synchronized (b) { hold(both); synchronized (a) {} }
                        return 0;
                    }
                    static void hold(java.util.concurrent.CountDownLatch both) {
                        both.countDown();
                        try { both.await(); } catch (InterruptedException e) {}"""),
                "a test was still running after 6 s",
                "a deadlock",
                "waits for what",
                "Sum.java:6",
                "Sum.java:7");
    }

    @Test
    void anExitIsFoundAndItsLineNamed() throws Exception {
        expectFailure(
                trial().grade("System.exit(0); return 0;"),
                "it ended the JVM by System.exit",
                "test nothingIsZero",
                "called at Sum.java:4");
    }

    @Test
    void aHaltIsNoSuccess() throws Exception {
        expectFailure(
                trial().grade("Runtime.getRuntime().halt(0); return 0;"),
                "the JVM ended with exit code 0 in the middle of a test",
                "1. add nothing");
    }

    @Test
    void aFloodOfOutputIsStopped() throws Exception {
        expectFailure(
                trial().grade(
                                """
                        for (int i = 0; i < 1_000_000; i++) {
                            System.out.println("x".repeat(10_000));
                        }
                        return 0;
                        """),
                "it printed more than 8 MiB",
                "1. add nothing",
                "it printed:",
                "xxxxxxxxxx");
    }

    @Test
    void aHungryLoopRunsOutOfItsOwnMemoryOnly() throws Exception {
        expectFailure(
                trial().grade(
                                """
                        var all = new java.util.ArrayList<byte[]>();
                        while (numbers.length == 0) { all.add(new byte[1_000_000_000]); }
                        return all.size();
                        """),
                "it ran out of memory",
                "1. add nothing");
    }

    @Test
    void threadsThatAreLeftBehindDelayNothing() throws Exception {
        Outcome outcome =
                trial().grade(
                                """
                        new Thread(() -> { while (true) { Thread.onSpinWait(); } }).start();
                        """
                                        + Trial.RIGHT);

        assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.SOLVED);
    }

    @Test
    void aChildEndsWithItsGrader() throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                directory.resolve("journal").toString(),
                                classesOfThisTest().toString(),
                                "tinygate.kit.trial.Sleeper",
                                "tinygate.kit.trial.Sleeper",
                                "60")
                        .start();
        child.getOutputStream().close();

        assertThat(child.waitFor(30, TimeUnit.SECONDS)).as("it ended").isTrue();
    }

    private static Path classesOfThisTest() throws Exception {
        return Path.of(HarmTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
