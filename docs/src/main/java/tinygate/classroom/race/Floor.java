package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import tinygate.HostPort;
import tinygate.classroom.GateProcess;

/** The bare {@link Relay} as a contender: what is left when a proxy does nothing but copy. */
record Floor() implements Contender {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public String title() {
        return "the floor: copies bytes with epoll, no HTTP";
    }

    @Override
    public String obstacle() {
        return "";
    }

    @Override
    public String obstacleToSeveral() {
        return "it knows no requests that it could share between two upstreams";
    }

    @Override
    public Started start(Lab lab, List<InetSocketAddress> upstreams, List<String> launcher)
            throws IOException, InterruptedException {
        List<String> arguments = List.of(HostPort.of(upstreams.get(0)).toString());
        GateProcess process =
                new GateProcess(launcher, Relay.class.getName(), arguments, START_LIMIT);
        return new Started(process.process(), process.address(), null);
    }
}
