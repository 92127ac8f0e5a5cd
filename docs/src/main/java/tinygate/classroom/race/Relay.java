package tinygate.classroom.race;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tinygate.HostPort;
import tinygate.epoll.Epoll;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.linux.Sockets;

/**
 * The floor under all gates: it copies bytes between each client and an upstream connection of its
 * own, with lesson 2's epoll, and knows nothing of HTTP. What it costs is the kernel's TCP.
 *
 * <p>Level-triggered and with one buffer for all: a socket whose peer has not taken everything is
 * not read from until it has.
 */
final class Relay {
    private static final int MOST_EVENTS = 512;
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int BACKLOG = 4096;
    private static final long LISTENER = 0;

    private final Linux linux = new Linux();
    private final Sockets sockets = new Sockets(linux);
    private final Epoll epoll = new Epoll(linux, MOST_EVENTS);
    private final NativeMemory buffer = NativeMemory.allocate(linux, BUFFER_BYTES);
    private final SockAddr upstream =
            new SockAddr(NativeMemory.allocate(linux, SockAddr.size()), 0);
    private final Map<Long, End> ends = new HashMap<>();
    private final int listener;
    private long lastToken = LISTENER;

    /** One of the two sockets of a connection. */
    private static final class End {
        private final int fd;
        private final long token;
        private End peer;
        private byte[] left = {}; // what this socket has not taken yet
        private boolean open = true;

        End(int fd, long token) {
            this.fd = fd;
            this.token = token;
        }
    }

    private Relay(InetSocketAddress to) throws LinuxException {
        upstream.set(to);
        listener = sockets.listen(new HostPort("127.0.0.1", 0).resolve(), BACKLOG, false);
        LinuxException.check("epoll_ctl", "", epoll.add(listener, Constants.EPOLLIN, LISTENER));
    }

    /**
     * @param args the upstream's address
     */
    public static void main(String[] args) throws LinuxException {
        Relay relay = new Relay(HostPort.parse(args[0]).resolve());
        HostPort address = HostPort.of(relay.sockets.localAddress(relay.listener));
        System.out.println("relay: listening on " + address);
        relay.run();
    }

    private void run() throws LinuxException {
        while (true) {
            int events = epoll.await(-1);
            for (int i = 0; i < events; i++) {
                if (epoll.token(i) == LISTENER) {
                    accept();
                } else {
                    ready(ends.get(epoll.token(i)), epoll.events(i));
                }
            }
        }
    }

    private void accept() throws LinuxException {
        int fd = sockets.accept(listener);
        if (fd < 0) {
            return;
        }
        End client = new End(fd, ++lastToken);
        End server = new End(sockets.connect(upstream), ++lastToken);
        if (server.fd < 0) {
            linux.close(fd);
            return;
        }
        client.peer = server;
        server.peer = client;
        for (End end : List.of(client, server)) {
            ends.put(end.token, end);
            LinuxException.check("epoll_ctl", "", epoll.add(end.fd, Constants.EPOLLIN, end.token));
        }
    }

    private void ready(End end, int events) {
        if (end == null) {
            return; // it was closed earlier in this turn
        }
        if ((events & Constants.EPOLLOUT) != 0 && !sendLeft(end)) {
            return;
        }
        if ((events & ~Constants.EPOLLOUT) != 0) {
            if (end.peer.left.length > 0) {
                close(end); // it was not asked for input: this is an error
                return;
            }
            int count = linux.recv(end.fd, buffer.address(), BUFFER_BYTES, 0);
            if (count > 0) {
                send(end.peer, 0, count);
            } else if (!Errno.EAGAIN.is(count)) {
                close(end);
            }
        }
    }

    /** Sends a part of the buffer; what is not taken is kept, and the reading side rests. */
    private void send(End end, int from, int to) {
        int sent = linux.send(end.fd, buffer.address() + from, to - from, Constants.MSG_NOSIGNAL);
        // A connection that is not there yet answers as a full one does.
        int taken = Errno.EAGAIN.is(sent) ? 0 : sent;
        if (taken < 0) {
            close(end);
            return;
        }
        boolean waited = end.left.length > 0;
        end.left = new byte[to - from - taken];
        buffer.buffer().get(from + taken, end.left);
        boolean waits = end.left.length > 0;
        if (waits != waited) {
            epoll.modify(end.fd, waits ? Constants.EPOLLOUT : Constants.EPOLLIN, end.token);
            epoll.modify(end.peer.fd, waits ? 0 : Constants.EPOLLIN, end.peer.token);
        }
    }

    /**
     * @return whether all is sent now
     */
    private boolean sendLeft(End end) {
        buffer.buffer().put(0, end.left);
        send(end, 0, end.left.length);
        return end.open && end.left.length == 0;
    }

    private void close(End end) {
        for (End one : List.of(end, end.peer)) {
            if (one.open) {
                one.open = false;
                ends.remove(one.token);
                linux.close(one.fd);
            }
        }
    }
}
