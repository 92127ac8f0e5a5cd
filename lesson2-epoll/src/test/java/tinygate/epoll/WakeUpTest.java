package tinygate.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tinygate.linux.LinuxException;

class WakeUpTest {
    private TestLoop loop;

    @BeforeEach
    void open() throws LinuxException {
        loop = new TestLoop(4);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void anotherThreadEndsAWaitWithoutALimit() throws Exception {
        long before = loop.linux.calls();
        Thread other = new Thread(() -> wakeUpOnceTheCallIsMade(before + 1));
        other.start();

        assertThat(loop.epoll.await(-1)).isEqualTo(1);

        assertThat(loop.epoll.isWakeUp(0)).isTrue();
        loop.epoll.wakeUp();
        assertThat(loop.epoll.await(TestLoop.WAIT_MILLIS)).as("the next wake-up").isEqualTo(1);
        other.join();
    }

    private void wakeUpOnceTheCallIsMade(long calls) {
        Awaitility.await()
                .atMost(TestLoop.WAIT_MILLIS, TimeUnit.MILLISECONDS)
                .until(() -> loop.linux.calls() >= calls);
        loop.epoll.wakeUp();
    }

    @Test
    void aWakeUpBeforeTheWaitIsNotLostAndCountsOnce() throws LinuxException {
        loop.epoll.wakeUp();

        assertThat(loop.epoll.await(TestLoop.WAIT_MILLIS)).isEqualTo(1);
        assertThat(loop.epoll.isWakeUp(0)).isTrue();
        assertThat(loop.epoll.await(0)).isZero();
    }

    @Test
    void manyWakeUpsBeforeOneWaitAreOneSystemCall() throws LinuxException {
        long before = loop.linux.calls();
        for (int i = 0; i < 1_000; i++) {
            loop.epoll.wakeUp();
        }
        assertThat(loop.linux.calls() - before).isEqualTo(1);

        assertThat(loop.epoll.await(TestLoop.WAIT_MILLIS)).isEqualTo(1);
        loop.epoll.wakeUp();
        assertThat(loop.epoll.await(TestLoop.WAIT_MILLIS)).as("the next one works").isEqualTo(1);
    }

    @Test
    void aWakeUpAfterTheEndIsHarmless() throws LinuxException {
        Epoll epoll = new Epoll(loop.linux, 1);
        epoll.close();
        long before = loop.linux.calls();

        epoll.wakeUp();

        assertThat(loop.linux.calls()).isEqualTo(before);
    }

    @Test
    void noWorkThatWasLeftBeforeAWakeUpIsOverlooked() throws Exception {
        int producers = 3;
        int itemsEach = 20_000;
        ConcurrentLinkedQueue<Integer> work = new ConcurrentLinkedQueue<>();
        for (int p = 0; p < producers; p++) {
            Thread producer =
                    new Thread(
                            () -> {
                                for (int i = 0; i < itemsEach; i++) {
                                    work.add(i);
                                    loop.epoll.wakeUp();
                                }
                            });
            producer.setDaemon(true);
            producer.start();
        }

        int done = 0;
        while (done < producers * itemsEach) {
            int ready = loop.epoll.await(TestLoop.WAIT_MILLIS);
            assertThat(ready).as("a wake-up was lost, %d items done", done).isEqualTo(1);
            while (work.poll() != null) {
                done++;
            }
        }
        assertThat(done).isEqualTo(producers * itemsEach);
    }
}
