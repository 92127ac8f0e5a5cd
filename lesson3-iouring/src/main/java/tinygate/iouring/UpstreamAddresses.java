package tinygate.iouring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.upstream.Upstream;

/**
 * The upstreams' addresses in native memory, each in a place of its own: a connect is written down
 * now and reads its address later, when others have been written down too.
 */
final class UpstreamAddresses implements AutoCloseable {
    private final NativeMemory memory;
    private final Map<Upstream, SockAddr> addresses = new HashMap<>();

    /**
     * @throws LinuxException if the machine has no memory left
     */
    UpstreamAddresses(Linux linux, List<Upstream> upstreams) throws LinuxException {
        memory = NativeMemory.allocate(linux, Math.max(1, upstreams.size() * SockAddr.size()));
        for (Upstream upstream : upstreams) {
            SockAddr address = new SockAddr(memory, addresses.size() * SockAddr.size());
            address.set(upstream.address());
            addresses.put(upstream, address);
        }
    }

    SockAddr of(Upstream upstream) {
        return addresses.get(upstream);
    }

    @Override
    public void close() {
        memory.close();
    }
}
