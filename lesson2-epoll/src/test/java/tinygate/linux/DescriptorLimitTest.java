package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.linux.Constants.AF_INET;
import static tinygate.linux.Constants.SOCK_STREAM;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorLimitTest {
    @TempDir Path directory;

    @Test
    void acceptWithoutAFreeDescriptorAnswersEmfileAndKeepsTheClientWaiting() throws Exception {
        List<String> withFewDescriptors = List.of("sh", "-c", "ulimit -n 128; exec \"$@\"", "sh");

        String answers =
                ChildJvm.run(directory, withFewDescriptors, AcceptWithoutDescriptors.class);

        assertThat(answers).isEqualTo("EMFILE EMFILE accepted");
    }

    /** Accepts a client twice while no descriptor is free, and once more after one was closed. */
    static final class AcceptWithoutDescriptors {
        public static void main(String[] args) throws LinuxException {
            Linux linux = new Linux();
            Sockets sockets = new Sockets(linux);
            NativeMemory memory = NativeMemory.allocate(linux, SockAddr.size());
            int listener = sockets.listen(new InetSocketAddress("127.0.0.1", 0), 10, false);
            SockAddr address = new SockAddr(memory, 0);
            address.set(sockets.localAddress(listener));
            sockets.connect(address);

            // No class is loaded from here on until a descriptor is free: that would need one.
            Deque<Integer> all = new ArrayDeque<>(1_000);
            int fd = linux.socket(AF_INET, SOCK_STREAM, 0);
            while (fd >= 0) {
                all.push(fd);
                fd = linux.socket(AF_INET, SOCK_STREAM, 0);
            }
            int first = sockets.accept(listener);
            int second = sockets.accept(listener);
            linux.close(all.pop());
            int third = sockets.accept(listener);
            all.forEach(linux::close);

            System.out.println(
                    Errno.of(first)
                            + " "
                            + Errno.of(second)
                            + " "
                            + (third >= 0 ? "accepted" : Errno.of(third)));
        }
    }
}
