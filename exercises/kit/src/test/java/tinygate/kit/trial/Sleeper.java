package tinygate.kit.trial;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tinygate.kit.Exercise;

/** A test that waits for ever, unless its JVM is ended. */
@Exercise(
        id = "9.2",
        title = "",
        points = 0,
        minutes = 0,
        chapter = "",
        hints = {})
public class Sleeper {
    @Test
    void waits() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
