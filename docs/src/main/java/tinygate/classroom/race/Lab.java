package tinygate.classroom.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tinygate.EmbeddedUpstream;
import tinygate.HostPort;
import tinygate.classroom.ChildProcess;

/**
 * What stands around the contenders: the upstream of all of them, their processors, and a temporary
 * directory. All of it ends with the object, and with the JVM, also on Ctrl-C.
 */
public final class Lab implements AutoCloseable {
    /** What every contender is told to accept. */
    static final int MOST_CONNECTIONS = 9_000;

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int CONNECT_MILLIS = 500;
    private static final int PAUSE_MILLIS = 20;

    private final Programs programs;
    private final Placement placement;
    private final Path directory;
    private final Thread hook = new Thread(this::close, "lab-end");
    private final List<AutoCloseable> open = new ArrayList<>();
    private final InetSocketAddress upstream;
    private final String upstreamTitle;

    /**
     * Starts the upstream: nginx if it is installed, else one of the course's own in this JVM.
     *
     * @param bodies the lengths it has to serve
     */
    public Lab(Programs programs, Placement placement, List<Integer> bodies)
            throws IOException, InterruptedException {
        this.programs = programs;
        this.placement = placement;
        directory = Files.createTempDirectory("tinygate-race-");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if (programs.has("nginx")) {
                upstream = nginxUpstream(bodies);
                upstreamTitle = "nginx, files in the page cache";
            } else {
                EmbeddedUpstream embedded = new EmbeddedUpstream("race");
                open(embedded);
                upstream = embedded.address().resolve();
                upstreamTitle = "the course's own, in the JVM of the race (nginx is not installed)";
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    InetSocketAddress upstream() {
        return upstream;
    }

    String upstreamTitle() {
        return upstreamTitle;
    }

    Placement placement() {
        return placement;
    }

    Path directory() {
        return directory;
    }

    /** Fills the template of a configuration for a server on an address. */
    Path write(String template, InetSocketAddress address, List<InetSocketAddress> upstreams)
            throws IOException {
        return Template.write(
                template,
                Files.createTempDirectory(directory, "server-"),
                Map.of(
                        "user", System.getProperty("user.name"),
                        "directory", directory.toString(),
                        "port", Integer.toString(address.getPort()),
                        "connections", Integer.toString(MOST_CONNECTIONS),
                        "files", Integer.toString(2 * MOST_CONNECTIONS + 1_000)),
                upstreams.stream().map(one -> HostPort.of(one).toString()).toList());
    }

    /**
     * Starts a server and waits until it accepts connections.
     *
     * @throws IOException if it does not in time; the message shows what it printed
     */
    static ChildProcess startServer(List<String> command, InetSocketAddress address)
            throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.start(command, line -> {});
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!accepts(address)) {
            if (process.ended().isDone() || System.nanoTime() - deadline > 0) {
                process.close();
                throw new IOException(
                        command.get(0) + " does not listen; it printed:\n" + process.output());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return process;
    }

    /** A loopback address on which nobody listens now. */
    static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }
    }

    /** What is closed with the lab, the last first. */
    synchronized <T extends AutoCloseable> T open(T part) {
        open.add(part);
        return part;
    }

    @Override
    public synchronized void close() {
        for (int i = open.size(); i > 0; i--) {
            try {
                open.remove(i - 1).close();
            } catch (Exception e) {
                System.err.println("race: could not end a part of the lab: " + e.getMessage());
            }
        }
        delete(directory);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs already.
        }
    }

    private InetSocketAddress nginxUpstream(List<Integer> bodies)
            throws IOException, InterruptedException {
        Path files = Files.createDirectories(directory.resolve("files/bytes"));
        for (int length : bodies) {
            byte[] body = new byte[length];
            Arrays.fill(body, (byte) 'x');
            Files.write(files.resolve(Integer.toString(length)), body);
        }
        InetSocketAddress address = freeAddress();
        List<String> command = new ArrayList<>(placement.launchLoad());
        command.add(programs.find("nginx").orElseThrow().toString());
        command.addAll(List.of("-c", write("upstream.conf", address, List.of()).toString()));
        open(startServer(command, address));
        return address;
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Lab::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("race: could not delete " + directory + ": " + e.getMessage());
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
