package tinygate.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static tinygate.linux.Constants.EPOLLIN;
import static tinygate.linux.Constants.EPOLLOUT;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;

class EpollTest {
    private TestLoop loop;

    @BeforeEach
    void open() throws LinuxException {
        loop = new TestLoop(2);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void allBitsOfATokenComeBack() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            for (long token : new long[] {0, 1, -2, 0x8899AABBCCDDEEFFL, Long.MIN_VALUE}) {
                assertThat(loop.epoll.add(fd, EPOLLOUT, token)).isZero();
                assertThat(loop.awaitEvents(token)).isEqualTo(EPOLLOUT);
                assertThat(loop.epoll.isWakeUp(0)).isFalse();
                assertThat(loop.epoll.remove(fd)).isZero();
            }
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void theTokenOfTheWakeUpIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.epoll.add(loop.listener, EPOLLIN, -1))
                .withMessageContaining("wake-up");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.epoll.modify(loop.listener, EPOLLIN, -1));
    }

    @Test
    void moreEventsThanTheListHoldsComeWithTheNextWait() throws Exception {
        try (Socket one = loop.client();
                Socket two = loop.client();
                Socket three = loop.client()) {
            for (int token = 1; token <= 3; token++) {
                loop.epoll.add(loop.accept(), EPOLLOUT, token);
            }

            Set<Long> tokens = new HashSet<>();
            for (int wait = 0; wait < 2; wait++) {
                assertThat(loop.epoll.await(TestLoop.WAIT_MILLIS)).isEqualTo(2);
                tokens.add(loop.epoll.token(0));
                tokens.add(loop.epoll.token(1));
            }

            assertThat(tokens).containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(one.isConnected() && two.isConnected() && three.isConnected()).isTrue();
        }
    }

    @Test
    void aChangedInterestCountsFromNowOnAndARemovedOneNoMore() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            loop.epoll.add(fd, EPOLLIN, 1);
            assertThat(loop.epoll.await(0)).isZero();

            assertThat(loop.epoll.modify(fd, EPOLLIN | EPOLLOUT, 2)).isZero();
            assertThat(loop.awaitEvents(2)).isEqualTo(EPOLLOUT);

            assertThat(loop.epoll.remove(fd)).isZero();
            assertThat(loop.epoll.await(0)).isZero();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void aClosedDescriptorIsWatchedNoMore() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            loop.epoll.add(fd, EPOLLOUT, 1);

            loop.closeNow(fd);

            assertThat(loop.epoll.await(0)).isZero();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void wrongChangesAreAnsweredWithTheirErrors() {
        assertThat(loop.epoll.add(loop.listener, EPOLLIN, 1)).isZero();

        assertThat(Errno.of(loop.epoll.add(loop.listener, EPOLLIN, 1))).isEqualTo(Errno.EEXIST);
        assertThat(loop.epoll.remove(loop.listener)).isZero();
        assertThat(Errno.of(loop.epoll.remove(loop.listener))).isEqualTo(Errno.ENOENT);
        assertThat(Errno.of(loop.epoll.modify(loop.listener, EPOLLIN, 1))).isEqualTo(Errno.ENOENT);
        assertThat(Errno.of(loop.epoll.add(-1, EPOLLIN, 1))).isEqualTo(Errno.EBADF);
    }

    @Test
    void onlyEventsOfTheLastWaitCanBeAskedFor() throws LinuxException {
        assertThat(loop.epoll.await(0)).isZero();

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> loop.epoll.token(0))
                .withMessage("event 0 of 0 that are ready");
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> loop.epoll.events(-1));
    }

    @Test
    void aClosedEpollIsRefusedAndClosedOnce() throws LinuxException {
        Epoll epoll = new Epoll(loop.linux, 1);
        long before = loop.linux.calls();

        epoll.close();
        epoll.close();

        // The memory, the wake-up's descriptor and epoll's own.
        assertThat(loop.linux.calls() - before).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(() -> epoll.await(0));
        assertThatIllegalStateException().isThrownBy(() -> epoll.add(loop.listener, EPOLLIN, 1));
    }

    @Test
    void eachOperationIsOneSystemCall() throws LinuxException {
        long before = loop.linux.calls();

        loop.epoll.add(loop.listener, EPOLLIN, 1);
        loop.epoll.modify(loop.listener, EPOLLIN, 2);
        loop.epoll.await(0);
        loop.epoll.remove(loop.listener);
        loop.epoll.wakeUp();

        assertThat(loop.linux.calls() - before).isEqualTo(5);
    }

    @Test
    void waitingAndChangingAllocateNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 100_000;
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            loop.epoll.add(fd, EPOLLOUT, 1);
            waitAndChange(fd, 1_000);

            long before = threads.getCurrentThreadAllocatedBytes();
            long tokens = waitAndChange(fd, rounds);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(tokens).isEqualTo(rounds);
            assertThat(allocated).as("bytes in %d rounds", rounds).isLessThan(rounds);
            assertThat(client.isConnected()).isTrue();
        }
    }

    private long waitAndChange(int fd, int rounds) throws LinuxException {
        long tokens = 0;
        for (int round = 0; round < rounds; round++) {
            int ready = loop.epoll.await(0);
            for (int i = 0; i < ready; i++) {
                tokens += loop.epoll.events(i) == EPOLLOUT ? loop.epoll.token(i) : 0;
            }
            loop.epoll.modify(fd, EPOLLOUT, 1);
        }
        return tokens;
    }
}
