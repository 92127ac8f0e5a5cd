package tinygate;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Says why an address cannot be listened on, and what to do. The cause is known by the kernel's
 * text for it (bind(2): EADDRINUSE, EACCES, EADDRNOTAVAIL), which is all that a JDK exception has,
 * or by its name.
 */
final class BindFailure {

    private BindFailure() {}

    static void requireKnown(HostPort address) throws UnknownHostException {
        if (address.resolve().isUnresolved()) {
            throw new UnknownHostException("the host name is not known");
        }
    }

    /**
     * @param option the option that chooses another address
     */
    static StartException explain(String option, HostPort address, IOException e) {
        String cause = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        String problem = "cannot listen on " + address + ": ";
        if (cause.contains("in use") || cause.contains("eaddrinuse")) {
            return new StartException(
                    ExitCode.ADDRESS_IN_USE,
                    problem
                            + "another program uses the port; choose another one with %s host:port, "
                                    .formatted(option)
                            + "or any free one with %s 127.0.0.1:0".formatted(option));
        }
        if (cause.contains("permission denied") || cause.contains("eacces")) {
            return new StartException(
                    ExitCode.PRIVILEGED_PORT,
                    problem
                            + "this user may not use so low a port; choose one from 1024 with %s, "
                                    .formatted(option)
                            + "or give Java the capability CAP_NET_BIND_SERVICE");
        }
        if (cause.contains("assign requested address") || cause.contains("eaddrnotavail")) {
            return new StartException(
                    ExitCode.CANNOT_BIND,
                    problem + "it is not an address of this machine; 'ip address' lists those");
        }
        return new StartException(ExitCode.CANNOT_BIND, problem + e.getMessage());
    }
}
