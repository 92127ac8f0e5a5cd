package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.linux.Constants.AF_INET;
import static tinygate.linux.Constants.EPOLL_CTL_ADD;
import static tinygate.linux.Constants.MSG_NOSIGNAL;
import static tinygate.linux.Constants.SHUT_WR;
import static tinygate.linux.Constants.SOCK_STREAM;

import org.junit.jupiter.api.Test;

class LinuxTest {
    /** The first page of the address space never belongs to a program. */
    private static final long NOWHERE = 8;

    private final Linux linux = new Linux();

    @Test
    void everyCallAnswersItsErrorAsANegativeNumber() {
        assertThat(Errno.of(linux.socket(-1, SOCK_STREAM, 0))).isEqualTo(Errno.EAFNOSUPPORT);
        assertThat(Errno.of(linux.bind(-1, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.listen(-1, 1))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.accept4(-1, 0, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.connect(-1, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.recv(-1, 0, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.send(-1, 0, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.shutdown(-1, SHUT_WR))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.close(-1))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.setsockopt(-1, 0, 0, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.getsockopt(-1, 0, 0, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.getsockname(-1, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.getpeername(-1, 0, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.epollCreate1(-1))).isEqualTo(Errno.EINVAL);
        assertThat(Errno.of(linux.epollCtl(-1, EPOLL_CTL_ADD, 0, NOWHERE))).isEqualTo(Errno.EFAULT);
        assertThat(Errno.of(linux.epollWait(-1, NOWHERE, 1, 0))).isEqualTo(Errno.EBADF);
        assertThat(linux.usleep(1)).as("the one that has no error to answer").isZero();
        assertThat(Errno.of(linux.eventfd(0, -1))).isEqualTo(Errno.EINVAL);
        assertThat(Errno.of(linux.eventfdWrite(-1, 1))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of((int) linux.mmap(0, 0, 0, -1, 0))).isEqualTo(Errno.EBADF);
        assertThat(Errno.of(linux.munmap(NOWHERE, 0))).isEqualTo(Errno.EINVAL);
        assertThat(Errno.of((int) linux.syscall(99_999, 0, 0, 0, 0, 0, 0))).isEqualTo(Errno.ENOSYS);

        assertThat(linux.calls()).isEqualTo(22);
    }

    @Test
    void aSuccessAfterAFailureIsASuccess() {
        assertThat(linux.close(-1)).isEqualTo(-Errno.EBADF.number());

        int fd = linux.socket(AF_INET, SOCK_STREAM, 0);

        assertThat(fd).isPositive();
        assertThat(linux.close(fd)).isZero();
    }

    @Test
    void anAddressOutsideTheProgramsMemoryIsAnErrorAndNoCrash() {
        int fd = linux.eventfd(0, 0);

        assertThat(Errno.of(linux.epollCtl(fd, EPOLL_CTL_ADD, fd, NOWHERE)))
                .isEqualTo(Errno.EFAULT);

        linux.close(fd);
    }

    @Test
    void aSocketThatIsNotConnectedSaysSo() {
        int fd = linux.socket(AF_INET, SOCK_STREAM, 0);

        assertThat(Errno.of(linux.send(fd, 0, 0, MSG_NOSIGNAL))).isEqualTo(Errno.EPIPE);
        assertThat(Errno.of(linux.recv(fd, 0, 0, 0))).isEqualTo(Errno.ENOTCONN);
        assertThat(Errno.of(linux.shutdown(fd, SHUT_WR))).isEqualTo(Errno.ENOTCONN);

        linux.close(fd);
    }

    @Test
    void aCallByItsNumberIsThatCall() {
        int getpid = Machine.current() == Machine.X86_64 ? 39 : 172;

        assertThat(linux.syscall(getpid, 0, 0, 0, 0, 0, 0))
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(linux.calls()).isEqualTo(1);
    }

    @Test
    void aCallOfAnotherThreadIsCountedToo() throws InterruptedException {
        Thread[] others = new Thread[4];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Thread(() -> repeat(50_000, () -> linux.eventfdWrite(-1, 1)));
            others[i].start();
        }
        repeat(50_000, () -> linux.close(-1));
        for (Thread other : others) {
            other.join(30_000);
        }

        assertThat(linux.calls()).isEqualTo(250_000);
    }

    private static void repeat(int times, Runnable call) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }
}
