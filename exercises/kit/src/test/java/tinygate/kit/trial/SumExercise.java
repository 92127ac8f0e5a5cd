package tinygate.kit.trial;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** An exercise with which the kit itself is tested. */
@Exercise(
        id = "9.1",
        title = "Add numbers",
        points = 5,
        minutes = 1,
        chapter = "sums.adoc#sum",
        code = "tinygate.kit.trial.Sum",
        hints = {"Begin with 0.", "Add each number."},
        seconds = 6)
public class SumExercise {

    @BeforeAll
    static void needsAMachineThatCanAdd() {
        assumeFalse(Boolean.getBoolean("trial.cannotAdd"), "this machine cannot add");
    }

    @Test
    @Order(1)
    void nothingIsZero(Story story) {
        story.step("add nothing");
        story.expect("the sum", 0, new Sum().of());
    }

    @Test
    @Order(2)
    void threeNumbersAreAdded(Story story) {
        story.step("add 1, 2, 3");
        story.expect("the sum", 6, new Sum().of(1, 2, 3));
    }

    /** As a proxy does: its threads outlive what goes wrong in them, and the client waits. */
    @Test
    @Order(3)
    void aThreadOfItsOwnAddsToo(Story story) throws InterruptedException {
        story.step("add 4 and 5 in another thread");
        CountDownLatch added = new CountDownLatch(1);
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                story.expect("the sum", 9, new Sum().of(4, 5));
                                added.countDown();
                            } catch (RuntimeException e) {
                                // Nobody hears of it.
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        story.expect("it was added in time", added.await(30, TimeUnit.SECONDS));
    }
}
