package tinygate.linux;

import static tinygate.linux.Constants.AF_INET;
import static tinygate.linux.Constants.AF_INET6;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A socket address in native memory, as {@code bind}, {@code connect} and {@code accept4} want it;
 * a view of 32 bytes that someone else owns. See ip(7) and ipv6(7).
 *
 * <pre>
 *            0         2         4                   8                  16
 *            +---------+---------+-------------------+-------------------+
 * sockaddr_in| family  | port BE | IPv4 address BE   | unused            |
 *            +---------+---------+-------------------+-------------------+
 *
 *            0         2         4                   8                  24         28
 *            +---------+---------+-------------------+-------------------+----------+
 *    _in6    | family  | port BE | flow information  | IPv6 address BE   | scope id |
 *            +---------+---------+-------------------+-------------------+----------+
 *                                                                        28         32
 *                                                                        +----------+
 *                                                    the socklen_t       | length   |
 *                                                                        +----------+
 * </pre>
 *
 * BE is network byte order, the most significant byte first; the rest is in the machine's order.
 * The last four bytes are not part of the structure: a call that writes an address reads there how
 * much room it has and writes how much it used.
 */
public final class SockAddr {
    private static final int PORT = 2;
    private static final int IPV4 = 4;
    private static final int IPV6 = 8;
    private static final int IPV6_SCOPE = 24;
    private static final int LENGTH = 28;

    private static final int SIZE_OF_SOCKADDR_IN = 16;
    private static final int SIZE_OF_SOCKADDR_IN6 = 28;

    private final NativeMemory memory;
    private final int offset;

    /**
     * A view of native memory.
     *
     * @param offset of the first of {@link #size} bytes, a multiple of 4
     */
    public SockAddr(NativeMemory memory, int offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /** How many bytes an address and its length take, of either family. */
    public static int size() {
        return LENGTH + Integer.BYTES;
    }

    /**
     * Writes an address.
     *
     * @throws IllegalArgumentException if its host name was not resolved
     */
    public void set(InetSocketAddress socketAddress) {
        InetAddress ip = socketAddress.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException(
                    "no address is known for the host name '"
                            + socketAddress.getHostString()
                            + "': check its spelling and the name server");
        }
        ByteBuffer buffer = memory.buffer();
        for (int i = 0; i < size(); i += Integer.BYTES) {
            buffer.putInt(offset + i, 0);
        }
        buffer.putShort(offset, (short) (ip instanceof Inet6Address ? AF_INET6 : AF_INET));
        buffer.putShort(offset + PORT, bigEndian((short) socketAddress.getPort()));
        if (ip instanceof Inet6Address ip6) {
            buffer.put(offset + IPV6, ip.getAddress());
            buffer.putInt(offset + IPV6_SCOPE, ip6.getScopeId());
            buffer.putInt(offset + LENGTH, SIZE_OF_SOCKADDR_IN6);
        } else {
            buffer.put(offset + IPV4, ip.getAddress());
            buffer.putInt(offset + LENGTH, SIZE_OF_SOCKADDR_IN);
        }
    }

    /** The address that is written there; an IPv4 address mapped into IPv6 becomes plain IPv4. */
    public InetSocketAddress get() {
        ByteBuffer buffer = memory.buffer();
        int port = Short.toUnsignedInt(bigEndian(buffer.getShort(offset + PORT)));
        boolean v6 = family() == AF_INET6;
        if (!v6 && family() != AF_INET) {
            throw new IllegalStateException(
                    "address family " + family() + " is neither AF_INET nor AF_INET6");
        }
        byte[] ip = new byte[v6 ? 16 : 4];
        buffer.get(offset + (v6 ? IPV6 : IPV4), ip);
        try {
            int scope = v6 ? buffer.getInt(offset + IPV6_SCOPE) : 0;
            return new InetSocketAddress(
                    scope == 0
                            ? InetAddress.getByAddress(ip)
                            : Inet6Address.getByAddress(null, ip, scope),
                    port);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are the lengths of IP addresses", e);
        }
    }

    /**
     * Makes room for an address of either family: to be called before each call that writes one.
     */
    public void expect() {
        memory.buffer().putInt(offset + LENGTH, SIZE_OF_SOCKADDR_IN6);
    }

    /** The family of the address, AF_INET or AF_INET6: what {@code socket} is told. */
    public int family() {
        return memory.buffer().getShort(offset);
    }

    /** The address of the structure. */
    public long address() {
        return memory.address() + offset;
    }

    /** The structure's length in bytes: 16 for IPv4, 28 for IPv6. */
    public int length() {
        return memory.buffer().getInt(offset + LENGTH);
    }

    /** The address of that length. */
    public long lengthAddress() {
        return address() + LENGTH;
    }

    private static short bigEndian(short value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
    }
}
