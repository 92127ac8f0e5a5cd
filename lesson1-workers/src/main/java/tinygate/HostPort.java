package tinygate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetSocketAddress;

/**
 * A host and a port as people write them: {@code 127.0.0.1:8080}, {@code [::1]:8080}, {@code
 * localhost:8080}. The host is kept without brackets and is not looked up until {@link #resolve}.
 *
 * @param port 0 to 65535; 0 lets the kernel choose, where something listens
 */
public record HostPort(String host, int port) {

    public HostPort {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host is missing: write host:port");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    @JsonCreator
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || colon < text.indexOf(']')) {
            throw new IllegalArgumentException("'" + text + "' has no port: write host:port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "': put an IPv6 address in brackets, as in [::1]:8080");
        }
        String digits = text.substring(colon + 1);
        if (!digits.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "'" + digits + "' in '" + text + "' is not a port: a number from 0 to 65535");
        }
        return new HostPort(host, Integer.parseInt(digits));
    }

    /** A resolved address, as numbers. */
    public static HostPort of(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort());
    }

    /** The address to bind or connect to; unresolved if the name is not known. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @JsonValue
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
