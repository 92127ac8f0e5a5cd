package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tinygate.HostPort;
import tinygate.classroom.GateProcess;
import tinygate.classroom.ShownGate;
import tinygate.iouring.Preflight;

/**
 * A gate of the course as a contender.
 *
 * @param workers how many lesson 1's gate has
 * @param options more of its command line
 */
public record GateContender(ShownGate gate, int workers, List<String> options)
        implements Contender {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    public GateContender {
        options = List.copyOf(options);
    }

    GateContender(ShownGate gate, int workers) {
        this(gate, workers, List.of());
    }

    @Override
    public String name() {
        return gate.name();
    }

    @Override
    public String title() {
        return gate.title();
    }

    @Override
    public String obstacle() {
        return gate.onRing() ? Preflight.check().reason() : "";
    }

    @Override
    public Started start(Lab lab, List<InetSocketAddress> upstreams, List<String> launcher)
            throws IOException, InterruptedException {
        InetSocketAddress admin = Lab.freeAddress();
        List<String> arguments =
                new ArrayList<>(
                        gate.commandLine(
                                "--admin",
                                HostPort.of(admin).toString(),
                                "--workers",
                                Integer.toString(workers),
                                "--set",
                                "limits.connections=" + Lab.MOST_CONNECTIONS,
                                "--set",
                                "limits.pending=" + Lab.MOST_CONNECTIONS));
        arguments.addAll(options);
        for (InetSocketAddress upstream : upstreams) {
            arguments.addAll(List.of("--upstream", HostPort.of(upstream).toString()));
        }
        if (lab.placement().poller() >= 0) {
            // Where it is not told, the kernel lets the poller run anywhere.
            arguments.addAll(List.of("--poller-cpu", Integer.toString(lab.placement().poller())));
        }
        GateProcess process = new GateProcess(launcher, gate.mainClass(), arguments, START_LIMIT);
        return new Started(process.process(), process.address(), admin);
    }
}
