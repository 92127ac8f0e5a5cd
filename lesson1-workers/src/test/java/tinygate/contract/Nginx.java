package tinygate.contract;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tinygate.HostPort;

/** An nginx of the test's own on a free port: the upstream most gates meet in real life. */
public final class Nginx implements Closeable {
    private static final int TRIES = 3;

    private final Path folder;
    private final ChildProcess process;
    private final int port;

    private Nginx(Path folder, ChildProcess process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts nginx.
     *
     * @param server the inside of its server block, after {@code listen}; files are served from
     *     {@link #folder}
     */
    public static Nginx start(String server) throws IOException, InterruptedException {
        Peers.require("nginx", "nginx", "nginx", "-v");
        Path folder = Files.createTempDirectory("tinygate-nginx");
        Path pid = folder.resolve("nginx.pid"); // it is written when nginx listens
        // Another process may take the free port before nginx does.
        for (int i = 1; ; i++) {
            int port = freePort();
            Path conf =
                    Files.writeString(folder.resolve("nginx.conf"), configuration(port, server));
            ChildProcess process =
                    new ChildProcess(
                            "nginx",
                            List.of("nginx", "-p", folder.toString(), "-c", conf.toString()));
            Awaitility.await("nginx listens or has ended")
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !process.isAlive() || Files.exists(pid));
            if (process.isAlive()) {
                return new Nginx(folder, process, port);
            }
            if (i == TRIES) {
                throw process.failure("did not start");
            }
        }
    }

    private static String configuration(int port, String server) {
        // One process, in the foreground: it runs as whoever runs the test, and is easily ended.
        return """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr;
        events {}
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            client_max_body_size 0;
            server {
                listen 127.0.0.1:%d;
                root .;
                %s
            }
        }
        """
                .formatted(port, server);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where the gate connects. */
    public HostPort address() {
        return new HostPort("127.0.0.1", port);
    }

    /** The folder whose files are served. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        process.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Nginx::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
