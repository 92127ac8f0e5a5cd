package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tinygate.linux.Constants.MSG_NOSIGNAL;
import static tinygate.linux.Constants.SHUT_WR;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tinygate.epoll.Epoll;

/** The count of system calls is the one that strace, which stands on the kernel's side, makes. */
class CountedCallsTest {
    /** An epoll_wait (or epoll_pwait) that fails: the counted sequence lies between two of them. */
    private static final String MARK = "wait(-1, ";

    @TempDir Path directory;

    @Test
    void straceSeesAsManyCallsAsWereCounted() throws Exception {
        Path trace = directory.resolve("trace");
        List<String> strace = List.of("strace", "-f", "-qq", "-o", trace.toString());
        assumeTrue(
                works(strace), "strace is missing or may not trace here: run as root with strace");
        String calls =
                "trace=%network,epoll_create1,epoll_ctl,?epoll_wait,epoll_pwait,eventfd2,"
                        + "clock_nanosleep";

        String counted = ChildJvm.run(directory, with(strace, "-e", calls), KnownSequence.class);

        List<String> lines = Files.readAllLines(trace);
        String thread =
                lines.stream()
                        .filter(l -> l.contains(MARK))
                        .findFirst()
                        .orElseThrow()
                        .split(" ")[0];
        List<String> seen =
                lines.stream()
                        .filter(l -> l.startsWith(thread + " ") && !l.contains(" resumed>"))
                        .dropWhile(l -> !l.contains(MARK))
                        .skip(1)
                        .takeWhile(l -> !l.contains(MARK))
                        .toList();
        assertThat(seen).as("what strace saw").hasSize(Integer.parseInt(counted));
    }

    private boolean works(List<String> strace) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(with(strace, "true"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(List.of(more));
        return longer;
    }

    /** Prints how many calls were counted between the marks. */
    static final class KnownSequence {
        public static void main(String[] args) throws LinuxException {
            Linux linux = new Linux();
            Sockets sockets = new Sockets(linux);
            Epoll epoll = new Epoll(linux, 8);
            NativeMemory memory = NativeMemory.allocate(linux, 4_096);
            SockAddr address = new SockAddr(memory, 0);
            // The JDK tries out a few sockets of its own when it first sees an address.
            InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
            linux.epollWait(-1, memory.address(), 1, 0);

            long before = linux.calls();
            int listener = sockets.listen(loopback, 10, false);
            epoll.add(listener, 1, 1);
            address.set(sockets.localAddress(listener));
            int client = sockets.connect(address);
            epoll.await(10_000);
            int accepted = sockets.accept(listener);
            linux.usleep(1);
            linux.send(accepted, memory.address(), 100, MSG_NOSIGNAL);
            linux.recv(client, memory.address(), 100, 0);
            linux.shutdown(client, SHUT_WR);
            sockets.error(client);
            epoll.remove(listener);
            long counted = linux.calls() - before;

            linux.epollWait(-1, memory.address(), 1, 0);
            System.out.println(counted);
        }
    }
}
