package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers and layouts that this package writes down are those of this machine's C headers. */
class HeadersTest {
    @TempDir Path directory;

    @Test
    void everyConstantHasTheValueOfItsHeader() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        for (Field field : Constants.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                // The program prints EPOLLET, the top bit, without a sign.
                boolean unsigned = field.getName().equals("EPOLLET");
                int value = field.getInt(null);
                ours.put(field.getName(), unsigned ? Integer.toUnsignedLong(value) : value);
            }
        }
        assertThat(ours).hasSizeGreaterThan(30);
        assertMatchesTheHeaders(ours);
    }

    @Test
    void everyErrnoHasTheNumberOfItsHeader() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        for (Errno errno : Errno.values()) {
            if (errno != Errno.UNKNOWN) {
                ours.put(errno.name(), (long) errno.number());
            }
        }
        assertMatchesTheHeaders(ours);
    }

    @Test
    void theEventIsLaidOutAsOnThisMachine() throws Exception {
        EpollEvent layout = EpollEvent.of(Machine.current());
        assertMatchesTheHeaders(
                Map.of(
                        "sizeof(struct epoll_event)",
                        (long) layout.size(),
                        "offsetof(struct epoll_event, events)",
                        (long) layout.offsetOfEvents(),
                        "offsetof(struct epoll_event, data)",
                        (long) layout.offsetOfData()));
    }

    @Test
    void socketAddressesAreLaidOutAsDrawn() throws Exception {
        assertMatchesTheHeaders(
                Map.of(
                        "sizeof(struct sockaddr_in)", 16L,
                        "offsetof(struct sockaddr_in, sin_family)", 0L,
                        "offsetof(struct sockaddr_in, sin_port)", 2L,
                        "offsetof(struct sockaddr_in, sin_addr)", 4L));
        assertMatchesTheHeaders(
                Map.of(
                        "sizeof(struct sockaddr_in6)", 28L,
                        "offsetof(struct sockaddr_in6, sin6_port)", 2L,
                        "offsetof(struct sockaddr_in6, sin6_addr)", 8L,
                        "offsetof(struct sockaddr_in6, sin6_scope_id)", 24L,
                        "sizeof(socklen_t)", 4L));
    }

    @Test
    void ioVectorsAreLaidOutAsDrawn() throws Exception {
        assertMatchesTheHeaders(
                Map.of(
                        "sizeof(struct msghdr)", 56L,
                        "offsetof(struct msghdr, msg_iov)", 16L,
                        "offsetof(struct msghdr, msg_iovlen)", 24L,
                        "sizeof(struct iovec)", 16L,
                        "offsetof(struct iovec, iov_base)", 0L,
                        "offsetof(struct iovec, iov_len)", 8L));
    }

    private void assertMatchesTheHeaders(Map<String, Long> ours) throws Exception {
        assertThat(CProgram.values(List.copyOf(ours.keySet()), directory)).isEqualTo(ours);
    }
}
