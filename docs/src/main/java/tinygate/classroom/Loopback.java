package tinygate.classroom;

import java.net.InetSocketAddress;

/** The guard in front of everything here that makes load: it stays on this machine. */
final class Loopback {
    private Loopback() {}

    /**
     * @throws IllegalArgumentException if the address is not of the loopback interface (RFC 1122,
     *     section 3.2.1.3; RFC 4291, section 2.5.3), or its name is not known
     */
    static InetSocketAddress require(InetSocketAddress target) {
        if (target.isUnresolved() || !target.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    target
                            + " is not a loopback address: this load is made for gates on this"
                            + " machine only, give an address such as 127.0.0.1");
        }
        return target;
    }
}
