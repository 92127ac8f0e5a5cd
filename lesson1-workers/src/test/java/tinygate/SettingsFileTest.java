package tinygate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.Settings.Balance;
import tinygate.Settings.Route;
import tinygate.Settings.Timeouts;
import tinygate.Settings.UpstreamServer;

/** What a settings file may hold, and the exact line that each mistake in it is answered with. */
@Timeout(60)
class SettingsFileTest {
    private static final String TOP =
            "allowed: accessLog, admin, forwarding, health, limits, listen, poller, ring, routes,"
                    + " timeouts, workers";

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
                    ''
                    '# nothing set'
                    '---'
                    'timeouts:'
                    'timeouts:|  headMillis:'
                    'listen:|routes:'
                    """)
    void whatIsNotWrittenIsTheDefault(String yaml) throws Exception {
        assertThat(SettingsFile.read(file(yaml))).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void everyKeyCanBeWritten() throws Exception {
        Settings settings =
                SettingsFile.read(
                        file(
                                """
                                listen: 127.0.0.1:8080
                                admin: localhost:9090
                                workers: virtual
                                accessLog: true
                                forwarding: {via: edge-1, xForwarded: false, forwarded: true}
                                timeouts: {headMillis: 5000, drainMillis: 0}
                                limits: {connections: 10, requestBodyBytes: 5000000000}
                                health: {failures: 2, restMillis: 7, checkPath: /up, checkMillis: 50}
                                ring: {deferTaskrun: false, multishot: false, batching: false, bufferBytes: 65536}
                                poller: {cpu: 1, idleMillis: 3, busyWaitMicros: 0, registeredFiles: true}
                                routes:
                                  - host: example.org
                                    balance: least-connections
                                    upstreams:
                                      - 127.0.0.1:9001
                                      - {address: '[::1]:9002', weight: 2}
                                  - upstreams: [127.0.0.1:9003]
                                """));
        Timeouts d = Timeouts.DEFAULTS;
        assertThat(settings.admin()).isEqualTo(new HostPort("localhost", 9090));
        assertThat(settings.workers().virtual()).isTrue();
        assertThat(settings.accessLog()).isTrue();
        assertThat(settings.forwarding()).isEqualTo(new Settings.Forwarding("edge-1", false, true));
        assertThat(settings.timeouts())
                .isEqualTo(
                        new Timeouts(
                                5000,
                                d.idleMillis(),
                                d.connectMillis(),
                                d.responseMillis(),
                                d.transferMillis(),
                                d.tunnelIdleMillis(),
                                0));
        assertThat(settings.limits().requestBodyBytes()).isEqualTo(5_000_000_000L);
        assertThat(settings.ring()).isEqualTo(new RingSettings(false, false, false, 65536));
        assertThat(settings.poller()).isEqualTo(new PollerSettings(1, 3, 0, true));
        assertThat(settings.health()).isEqualTo(new Settings.Health(2, 7, "/up", 50));
        assertThat(settings.routes())
                .containsExactly(
                        new Route(
                                "example.org",
                                Balance.LEAST_CONNECTIONS,
                                List.of(
                                        new UpstreamServer(new HostPort("127.0.0.1", 9001), 1),
                                        new UpstreamServer(new HostPort("::1", 9002), 2))),
                        new Route(
                                "*",
                                Balance.ROUND_ROBIN,
                                List.of(new UpstreamServer(new HostPort("127.0.0.1", 9003), 1))));
    }

    @Test
    void aNumberOfWorkersCanBeWritten() throws Exception {
        assertThat(SettingsFile.read(file("workers: 5")).workers())
                .isEqualTo(new WorkerSettings(5, false));
    }

    @Test
    void whatIsWrittenOutIsReadBackAsTheSame() throws Exception {
        Settings settings =
                Settings.loopback(
                        List.of(
                                new Route(
                                        "*.example.org",
                                        Balance.CLIENT_HASH,
                                        List.of(
                                                new UpstreamServer(
                                                        HostPort.parse("[::1]:1"), 3)))));
        assertThat(SettingsFile.read(file(SettingsFile.write(settings)))).isEqualTo(settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
                    'timouts:|  headMillis: 5'        => "1:1: unknown key 'timouts': did you mean 'timeouts'? TOP"
                    'shape: round'                    => "1:1: unknown key 'shape': TOP"
                    'health:|  failurs: 5'            => "2:3: unknown key 'failurs': did you mean 'failures'? allowed: checkMillis, checkPath, failures, restMillis"
                    'routes:|- upstreams: [{adress: a:1}]' => "2:16: unknown key 'adress': did you mean 'address'? allowed: address, weight"
                    'routes:|- upstream: [a:1]'       => "2:3: unknown key 'upstream': did you mean 'upstreams'? allowed: balance, host, upstreams"
                    'timeouts:|  headMillis: 5s'      => "2:15: timeouts.headMillis is '5s': write a whole number up to 2147483647"
                    'timeouts:|  headMillis: 1.5'     => "2:15: timeouts.headMillis is 1.5: write a whole number up to 2147483647"
                    'timeouts:|  headMillis: 9999999999' => "2:15: timeouts.headMillis is 9999999999: write a whole number up to 2147483647"
                    'timeouts: 5'                     => "1:11: timeouts is 5: write keys with values"
                    'accessLog: perhaps'              => "1:12: accessLog is 'perhaps': write true or false"
                    'accessLog: 1'                    => "1:12: accessLog is 1: write true or false"
                    'routes: 5'                       => "1:9: routes is 5: write a list"
                    'routes:|- balance: random|  upstreams: [a:1]' => "2:12: routes[0].balance is 'random': write round-robin or least-connections or client-hash"
                    'listen: 8080'                    => "1:9: listen is 8080: write host:port"
                    'listen: localhost'               => "1:9: listen: 'localhost' has no port: write host:port"
                    'listen: localhost:70000'         => "1:9: listen: port 70000 is not between 0 and 65535"
                    'workers: many'                   => "1:10: workers must be a number or 'virtual', not many"
                    'workers: 0'                      => "1:10: workers is 0: allowed is 1 to 10000"
                    'timeouts:|  idleMillis: 9|  headMillis: 0' => "3:15: timeouts.headMillis is 0: allowed is 1 to 86400000"
                    'limits:|  headBytes: 1'          => "2:14: limits.headBytes is 1: allowed is 64 to 1048576"
                    'health: {checkPath: up}'         => "1:21: health.checkPath must begin with / and have no spaces, at most 200 characters"
                    'ring: {bufferBytes: 1000}'       => "1:21: ring.bufferBytes is 1000: allowed is 16384 to 1048576"
                    'ring: {multishot: perhaps}'      => "1:19: ring.multishot is 'perhaps': write true or false"
                    'poller: {idleMillis: 0}'         => "1:22: poller.idleMillis is 0: allowed is 1 to 60000"
                    'health: {failures: 0}'           => "1:20: health.failures is 0: allowed is 1 to 1000000"
                    'forwarding: {via: "a b"}'        => "1:19: forwarding.via must be a name: letters, digits and . _ : [ ] -, 1 to 255 of them"
                    'routes:|- upstreams: [a:1, {address: b:1, weight: 1001}]' => "2:43: weight is 1001: allowed is 1 to 1000"
                    'routes:|- upstreams: [{weight: 2}]' => "2:15: address is missing: write host:port"
                    'routes:|- upstreams: [a:0]'      => "2:15: address needs a port from 1 to 65535, not 0"
                    'routes:|- upstreams: [nowhere]'  => "2:15: routes[0].upstreams[0]: 'nowhere' has no port: write host:port"
                    'routes:|- host: a'               => "2:3: the route for 'a' has no upstreams: give it at least one, or remove it"
                    'workers: 1|workers: 2'           => "2:1: duplicate key 'workers': line 1 has it already"
                    'timeouts: {headMillis: 1, headMillis: 2}' => "1:27: duplicate key 'headMillis': line 1 has it already"
                    'listen: a:1|---|listen: b:1'     => "3:1: a second document: write one"
                    '- a'                             => "1:1: write keys with values, as in 'listen: 127.0.0.1:8080'"
                    'hello'                           => "1:1: write keys with values, as in 'listen: 127.0.0.1:8080'"
                    'routes: [a|workers: 2'           => "2:8: expected ',' or ']', but got :"
                    '"a\\nb": 1'                      => "1:1: unknown key 'a?b': TOP"
                    """)
    void anErrorIsOneLineWithItsPlace(String yaml, String message) throws Exception {
        Path file = file(yaml);
        String expected = message.substring(1, message.length() - 1).replace("TOP", TOP);
        assertThatThrownBy(() -> SettingsFile.read(file))
                .isInstanceOf(StartException.class)
                .hasMessage(file + ":" + expected);
    }

    @Test
    void aDirectoryIsNotASettingsFile() {
        assertThatThrownBy(() -> SettingsFile.read(directory))
                .hasMessage(directory + ": cannot read the settings: is a directory");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws Exception {
        Path file = Files.write(directory.resolve("latin.yaml"), new byte[] {'#', (byte) 0xE9});
        assertThatThrownBy(() -> SettingsFile.read(file))
                .hasMessage(file + ": cannot read the settings: is not UTF-8 text");
    }

    @Test
    void anEndlessFileIsRefused() {
        assertThatThrownBy(() -> SettingsFile.read(Path.of("/dev/zero")))
                .hasMessage("/dev/zero: cannot read the settings: larger than 1048576 bytes");
    }

    /** Writes a file; a bar stands for the end of a line. */
    private Path file(String yaml) throws Exception {
        String text = yaml == null ? "" : yaml.replace('|', '\n');
        return Files.writeString(directory.resolve("gate.yaml"), text);
    }
}
