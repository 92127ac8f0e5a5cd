package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tinygate.linux.Constants.IPPROTO_TCP;
import static tinygate.linux.Constants.SOL_SOCKET;
import static tinygate.linux.Constants.SO_RCVBUF;
import static tinygate.linux.Constants.TCP_NODELAY;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketsTest {
    private final Linux linux = new Linux();
    private Sockets sockets;

    @BeforeEach
    void open() throws LinuxException {
        sockets = new Sockets(linux);
    }

    @AfterEach
    void close() {
        sockets.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void anAcceptedConnectionKnowsBothItsAddresses(String ip) throws Exception {
        assumeTrue(hasAddress(ip), "this machine has no address " + ip);
        int listener = sockets.listen(new InetSocketAddress(ip, 0), 10, false);
        InetSocketAddress listening = sockets.localAddress(listener);
        assertThat(listening.getPort()).isPositive();

        try (Socket client = new Socket(listening.getAddress(), listening.getPort())) {
            int accepted = accept(listener);

            assertThat(sockets.peer()).isEqualTo(client.getLocalSocketAddress());
            assertThat(sockets.remoteAddress(accepted)).isEqualTo(client.getLocalSocketAddress());
            assertThat(sockets.localAddress(accepted)).isEqualTo(listening);
            linux.close(accepted);
        }
        linux.close(listener);
    }

    @Test
    void anAcceptedConnectionInheritsNoDelay() throws Exception {
        int listener = sockets.listen(loopback(0), 10, false);
        try (Socket client = connect(listener)) {
            int accepted = accept(listener);

            assertThat(sockets.option(accepted, IPPROTO_TCP, TCP_NODELAY)).isEqualTo(1);
            assertThat(client.isConnected()).isTrue();
            linux.close(accepted);
        }
        linux.close(listener);
    }

    @Test
    void acceptAnswersEagainWhenNobodyWaits() throws Exception {
        int listener = sockets.listen(loopback(0), 10, false);

        assertThat(Errno.of(sockets.accept(listener))).isEqualTo(Errno.EAGAIN);

        linux.close(listener);
    }

    @Test
    void anAddressInUseIsToldWithItsCure() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(loopback(0));
            int port = taken.getLocalPort();
            assertThatExceptionOfType(LinuxException.class)
                    .isThrownBy(() -> sockets.listen(loopback(port), 10, false))
                    .withMessageStartingWith(
                            "bind 127.0.0.1 port " + port + " failed with EADDRINUSE (98)")
                    .withMessageContaining("ss -ltnp");
        }
    }

    @Test
    void anAddressOfAnotherMachineCannotBeListenedOn() {
        long before = linux.calls();

        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> sockets.listen(new InetSocketAddress("192.0.2.1", 0), 10, false))
                .withMessageStartingWith("bind 192.0.2.1 port 0 failed with EADDRNOTAVAIL (99)");

        // socket, SO_REUSEADDR, bind, close: nothing stays open.
        assertThat(linux.calls() - before).isEqualTo(4);
    }

    @Test
    void aReservedPortIsSharedByTheLoopsAndByNobodyWhoDoesNotShare() throws Exception {
        int reserved = sockets.bind(loopback(0), false);
        InetSocketAddress address = sockets.localAddress(reserved);
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close());
        int first = sockets.listen(address, 10, true);
        int second = sockets.listen(address, 10, true);
        linux.close(reserved);

        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> sockets.bind(address, false))
                .withMessageContaining("EADDRINUSE");

        linux.close(first);
        linux.close(second);
    }

    @Test
    void severalLoopsListenOnOnePortWhenAsked() throws Exception {
        int first = sockets.listen(loopback(0), 10, true);
        int port = sockets.localAddress(first).getPort();
        int second = sockets.listen(loopback(port), 10, true);

        assertThat(sockets.localAddress(second).getPort()).isEqualTo(port);

        linux.close(first);
        linux.close(second);
    }

    @Test
    void anOptionIsReadAsItWasSet() throws Exception {
        int listener = sockets.listen(loopback(0), 10, false);

        assertThat(sockets.setOption(listener, SOL_SOCKET, SO_RCVBUF, 8_192)).isZero();
        // The kernel doubles it, for its own bookkeeping: socket(7).
        assertThat(sockets.option(listener, SOL_SOCKET, SO_RCVBUF)).isEqualTo(16_384);
        assertThat(Errno.of(sockets.option(listener, SOL_SOCKET, 9_999)))
                .isEqualTo(Errno.ENOPROTOOPT);

        linux.close(listener);
    }

    @Test
    void aConnectThatFailsAtOnceLeavesNothingOpen() throws Exception {
        try (NativeMemory memory = NativeMemory.allocate(linux, SockAddr.size())) {
            SockAddr everybody = new SockAddr(memory, 0);
            everybody.set(new InetSocketAddress("255.255.255.255", 9));
            long before = linux.calls();

            assertThat(Errno.of(sockets.connect(everybody))).isEqualTo(Errno.ENETUNREACH);

            // socket, TCP_NODELAY, connect, close
            assertThat(linux.calls() - before).isEqualTo(4);
        }
    }

    @Test
    void aPeerIsUnknownBeforeTheConnection() throws Exception {
        int listener = sockets.listen(loopback(0), 10, false);

        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> sockets.remoteAddress(listener))
                .withMessageStartingWith("getpeername failed with ENOTCONN (107)");

        linux.close(listener);
    }

    @Test
    void aLongAddressIsReadWholeAfterAShortOne() throws Exception {
        assumeTrue(hasAddress("::1"), "this machine has no address ::1");
        int v6 = sockets.listen(new InetSocketAddress("::1", 0), 10, false);
        int v4 = sockets.listen(loopback(0), 10, false);

        assertThat(sockets.localAddress(v4).getAddress().getAddress()).hasSize(4);
        assertThat(sockets.localAddress(v6).getAddress().getAddress())
                .endsWith(0, 0, 1)
                .hasSize(16);

        linux.close(v4);
        linux.close(v6);
    }

    /** A connection may reach the queue a moment after the client was told it is connected. */
    private int accept(int listener) {
        return Awaitility.await()
                .pollInSameThread()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> sockets.accept(listener), fd -> fd >= 0);
    }

    private Socket connect(int listener) throws IOException {
        InetSocketAddress address = sockets.localAddress(listener);
        return new Socket(address.getAddress(), address.getPort());
    }

    private static boolean hasAddress(String ip) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(ip, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }
}
