package tinygate.upstream;

import java.net.InetSocketAddress;
import tinygate.HostPort;

/** One upstream server: its address, how many exchanges use it, and whether it rests. */
public final class Upstream {
    private final HostPort name;

    Upstream(HostPort name) {
        this.name = name;
    }

    /** Where to connect; looked up once, when the pool was made. */
    public InetSocketAddress address() {
        return name.resolve();
    }

    /** Ends the use that {@link Pool#acquire} began. */
    public void release() {}

    /** An exchange got a response: the count of failures in a row is 0 again. */
    public void succeeded() {}

    /** A connection or an exchange failed: after enough of them in a row the upstream rests. */
    public void failed() {}

    @Override
    public String toString() {
        return name.toString();
    }
}
