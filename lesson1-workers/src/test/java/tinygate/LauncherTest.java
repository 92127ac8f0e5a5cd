package tinygate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signals and exit codes, seen from outside the process. */
@Timeout(120)
class LauncherTest {
    private static final List<String> PLAIN = List.of();

    /** A process started in the background by a shell may ignore SIGINT; this undoes it. */
    private static final List<String> HEEDING_SIGINT = List.of("env", "--default-signal=INT");

    @TempDir private Path directory;

    @Test
    void sigtermDrainsAndExitsWith0() throws Exception {
        try (ChildJvm gate = start(PLAIN, "--listen", "127.0.0.1:0")) {
            gate.awaitLine("listening on 127.0.0.1:");
            gate.signal("TERM");
            assertThat(gate.awaitExit()).isZero();
            assertThat(gate.lines())
                    .containsSubsequence(
                            "tinygate: draining for at most 10000 ms; a second signal stops at once",
                            "fake gate drains",
                            "tinygate: stopped",
                            "fake gate closes");
        }
    }

    @Test
    void sigintDrainsAndExitsWith0() throws Exception {
        try (ChildJvm gate = start(HEEDING_SIGINT, "--listen", "127.0.0.1:0")) {
            gate.awaitLine("listening on 127.0.0.1:");
            gate.signal("INT");
            assertThat(gate.awaitExit()).isZero();
            assertThat(gate.lines()).contains("fake gate drains");
        }
    }

    @Test
    void aDrainThatTakesTooLongExitsWith0AtItsLimit() throws Exception {
        try (ChildJvm gate =
                start(
                        PLAIN,
                        "--engine=busy",
                        "--listen=127.0.0.1:0",
                        "--set=timeouts.drainMillis=100")) {
            gate.awaitLine("listening on 127.0.0.1:");
            gate.signal("TERM");
            assertThat(gate.awaitExit()).isZero();
            assertThat(gate.lines())
                    .contains("tinygate: stopped; exchanges that still ran were cut off");
        }
    }

    @Test
    void aSecondSignalExitsAtOnceWith8() throws Exception {
        try (ChildJvm gate =
                start(
                        HEEDING_SIGINT,
                        "--engine=busy",
                        "--listen=127.0.0.1:0",
                        "--set=timeouts.drainMillis=86400000")) {
            gate.awaitLine("listening on 127.0.0.1:");
            gate.signal("TERM");
            gate.awaitLine("fake gate drains");
            gate.signal("INT");
            assertThat(gate.awaitExit()).isEqualTo(8);
            assertThat(gate.lines()).doesNotContain("fake gate closes");
        }
    }

    @Test
    void withoutUpstreamsTwoAreStartedAndACurlLineIsPrinted() throws Exception {
        try (ChildJvm gate = start(PLAIN, "--listen", "127.0.0.1:0")) {
            String port = gate.awaitLine("listening on").replaceAll(".*:([0-9]+),.*", "$1");
            assertThat(gate.awaitLine("try:"))
                    .isEqualTo("tinygate: try: curl -i http://127.0.0.1:" + port + "/");
            String upstream = gate.awaitLine(": A on").replaceAll(".*A on ([^ ]+) and.*", "$1");
            assertThat(get(upstream, "/")).startsWith("200 upstream A got GET /");
        }
    }

    @Test
    void theAdminEndpointSaysThatItDrains() throws Exception {
        try (ChildJvm gate =
                start(PLAIN, "--engine=busy", "--listen=127.0.0.1:0", "--admin=127.0.0.1:0")) {
            String admin = gate.awaitLine("admin").replaceAll(".*http://(.*)/metrics", "$1");
            assertThat(get(admin, "/healthz")).isEqualTo("200 ok\n");
            gate.signal("TERM");
            gate.awaitLine("fake gate drains");
            assertThat(get(admin, "/healthz")).isEqualTo("503 draining\n");
        }
    }

    @Test
    void aPrivilegedPortExitsWith4AndTheCure() throws Exception {
        Path limit = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        // A sysctl gives its value to one read only: Files.readString would get the first digit.
        try (BufferedReader reader = Files.newBufferedReader(limit)) {
            String first = reader.readLine();
            assumeTrue(
                    Integer.parseInt(first) > 81,
                    "every user may listen on port 81 here: " + limit + " is " + first);
        }
        try (ChildJvm gate = start(unprivileged(), "--listen", "127.0.0.1:81")) {
            assertThat(gate.awaitExit()).isEqualTo(4);
            assertThat(gate.lines())
                    .contains(
                            "tinygate: cannot listen on 127.0.0.1:81: this user may not use so low"
                                    + " a port; choose one from 1024 with --listen, or give Java"
                                    + " the capability CAP_NET_BIND_SERVICE");
        }
    }

    @Test
    void aSettingsFileWithoutReadPermissionExitsWith6() throws Exception {
        Path file = Files.createFile(directory.resolve("gate.yaml"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        try (ChildJvm gate = start(unprivileged(), "--check", "--config", file.toString())) {
            assertThat(gate.awaitExit()).isEqualTo(6);
            assertThat(gate.lines())
                    .contains(
                            "tinygate: "
                                    + file
                                    + ": cannot read the settings: this user may not read it");
        }
    }

    private static ChildJvm start(List<String> prefix, String... args) throws IOException {
        return new ChildJvm(prefix, FakeGate.Main.class, args);
    }

    private static String get(String address, String path) throws Exception {
        URI uri = URI.create("http://" + address + path);
        var response =
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    /**
     * For root: the same user without the powers in question, so that it can still read the jars.
     */
    private static List<String> unprivileged() throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            return PLAIN;
        }
        String powers = "-net_bind_service,-dac_override,-dac_read_search";
        List<String> command =
                List.of("setpriv", "--bounding-set=" + powers, "--inh-caps=" + powers);
        List<String> trial = new ArrayList<>(command);
        trial.add("true");
        try {
            int code = new ProcessBuilder(trial).start().waitFor();
            assumeTrue(code == 0, "setpriv cannot give up root's powers here: " + trial);
        } catch (IOException e) {
            assumeTrue(false, "root needs setpriv (util-linux) for this test: " + e.getMessage());
        }
        return command;
    }
}
