package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody else's proxy as a contender, with a configuration that stands beside this class.
 *
 * @param template the file of the configuration
 * @param options what its command line has before the name of that file
 */
record Peer(String name, String title, Programs programs, String template, List<String> options)
        implements Contender {

    static Peer nginx(Programs programs) {
        return new Peer("nginx", "nginx, one worker", programs, "nginx.conf", List.of("-c"));
    }

    static Peer haproxy(Programs programs) {
        return new Peer(
                "haproxy", "HAProxy, one thread", programs, "haproxy.cfg", List.of("-db", "-f"));
    }

    @Override
    public String obstacle() {
        return programs.has(name)
                ? ""
                : name + " is not installed: apt install " + name + ", or another package of it";
    }

    @Override
    public Started start(Lab lab, List<InetSocketAddress> upstreams, List<String> launcher)
            throws IOException, InterruptedException {
        Optional<Path> program = programs.find(name);
        if (program.isEmpty()) {
            throw new IOException(obstacle());
        }
        InetSocketAddress address = Lab.freeAddress();
        Path file = lab.write(template, address, upstreams);
        List<String> command = new ArrayList<>(launcher);
        command.add(program.get().toString());
        command.addAll(options);
        command.add(file.toString());
        return new Started(Lab.startServer(command, address), address, null);
    }
}
