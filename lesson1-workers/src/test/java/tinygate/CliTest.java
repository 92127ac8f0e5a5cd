package tinygate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command line accepts, prints and exits with when nothing comes to run. */
@Timeout(60)
class CliTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @Test
    void helpListsTheOptionsAndTheExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--listen=host:port", "--upstream=host:port", "--engine=name")
                .contains("idle, busy, foreign, strict,")
                .contains("3   another program listens on the address");
    }

    @Test
    void aSingleEngineNeedsNoOption() {
        var engines = Map.of("idle", FakeGate.engines().get("idle"));
        String[] help = {"--help"};
        assertThat(Cli.run(help, engines, null, new PrintWriter(out), new PrintWriter(err)))
                .isZero();
        assertThat(out.toString()).contains("--listen").doesNotContain("--engine");
    }

    @Test
    void aLessonThatRunsEverywhereHasNoPreflight() {
        assertThat(run("--preflight")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option: '--preflight'");
    }

    @Test
    void preflightPrintsItsTableAndExitsWith0IfNothingIsMissing() {
        assertThat(preflight(true)).isZero();
        assertThat(out.toString()).isEqualTo("found and needed\n");
    }

    @Test
    void preflightExitsWith7IfSomethingIsMissing() {
        assertThat(preflight(false)).isEqualTo(7);
        assertThat(out.toString()).isEqualTo("found and needed\n");
    }

    private int preflight(boolean ok) {
        Readiness readiness =
                new Readiness() {
                    @Override
                    public boolean ok() {
                        return ok;
                    }

                    @Override
                    public String table() {
                        return "found and needed\n";
                    }
                };
        String[] args = {"--preflight", "--engine=foreign"};
        return Cli.run(
                args,
                FakeGate.engines(),
                () -> readiness,
                new PrintWriter(out),
                new PrintWriter(err));
    }

    @Test
    void versionNamesTheProgramAndTheJava() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("TinyGate", "Java " + Runtime.version());
    }

    @Test
    void anUnknownOptionExitsWith2AndASuggestion() {
        assertThat(run("--listn=a:1")).isEqualTo(2);
        assertThat(err.toString())
                .contains("tinygate: Unknown option: '--listn=a:1'", "--listen", "Try --help.");
    }

    @Test
    void anUnknownEngineIsToldTheKnownOnes() {
        assertThat(run("--engine=warp")).isEqualTo(2);
        assertThat(err.toString()).contains("'warp' is none of idle, busy, foreign, strict, poor");
    }

    @Test
    void checkPrintsWhatWouldRunAsACompleteSettingsFile() throws Exception {
        assertThat(run("--check", "--upstream=a:1", "--upstream=b:2", "--workers=virtual"))
                .isZero();
        assertThat(out.toString()).startsWith("# engine: idle\nlisten: 127.0.0.1:8080\n");
        Path file = Files.writeString(directory.resolve("printed.yaml"), out.toString());
        Settings settings = SettingsFile.read(file);
        assertThat(settings.workers().virtual()).isTrue();
        assertThat(settings.routes())
                .singleElement()
                .satisfies(route -> assertThat(route.upstreams()).hasSize(2));
    }

    @Test
    void checkSaysThatThereWouldBeEmbeddedUpstreams() {
        assertThat(run("--check", "--engine=busy")).isZero();
        assertThat(out.toString())
                .startsWith("# engine: busy\n# no routes: two embedded upstreams on free ports\n");
    }

    @Test
    void aSettingWithoutEffectIsTold() {
        assertThat(run("--check", "--set=health.checkPath=/up")).isZero();
        assertThat(out.toString())
                .contains(
                        "# health.checkPath has no effect: engine 'idle' asks no upstream by itself\n");
    }

    @Test
    void checkAsksTheEngineTooWithoutListening() throws Exception {
        assertThat(run("--check", "--engine=foreign")).isEqualTo(7);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(run("--check", "--listen=127.0.0.1:" + taken.getLocalPort())).isZero();
        }
    }

    @Test
    void optionsOverrideTheFile() throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("gate.yaml"),
                        "listen: 127.0.0.1:1\nworkers: 7\ntimeouts: {headMillis: 1, idleMillis: 2}\n"
                                + "routes: [{host: a, upstreams: [a:1]}]\n");
        int code =
                run(
                        "--check",
                        "--config=" + file,
                        "--listen=127.0.0.1:9",
                        "--upstream=b:2",
                        "--access-log",
                        "--poller-cpu=1",
                        "--poller-idle-millis=7",
                        "--busy-wait-micros=0",
                        "--set=timeouts.idleMillis=3",
                        "--set=ring.multishot=false");
        assertThat(code).as("%s", err).isZero();
        assertThat(out.toString())
                .contains("listen: 127.0.0.1:9\n", "workers: 7\n", "accessLog: true\n")
                .contains("deferTaskrun: true\n", "multishot: false\n", "bufferBytes: 73728\n")
                .contains("cpu: 1\n", "idleMillis: 7\n", "busyWaitMicros: 0\n")
                .contains("headMillis: 1\n", "idleMillis: 3\n", "host: '*'", "address: b:2")
                .doesNotContain("a:1");
    }

    @Test
    void anErrorInAnOptionDoesNotBlameTheFile() throws Exception {
        Path file = Files.writeString(directory.resolve("gate.yaml"), "workers: 7\n");
        assertThat(run("--config=" + file, "--workers=0")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("tinygate: workers is 0: allowed is 1 to 10000\n");
    }

    @Test
    void anUnknownKeyToSetIsToldTheNearest() {
        assertThat(run("--set=timeouts.hedMillis=1")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("tinygate: unknown key 'hedMillis': did you mean 'headMillis'? ");
    }

    @Test
    void aMissingSettingsFileExitsWith6() {
        assertThat(run("--config=/no/such.yaml")).isEqualTo(6);
        assertThat(err.toString())
                .isEqualTo(
                        "tinygate: /no/such.yaml: cannot read the settings: there is no such"
                                + " file\n");
    }

    @Test
    void settingsThatTheGateRefusesExitWith2() {
        assertThat(run("--engine=strict")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("tinygate: workers: virtual needs JDK 21\n");
    }

    @Test
    void anEngineThatCannotRunHereExitsWith7() {
        assertThat(run("--engine=foreign")).isEqualTo(7);
        assertThat(err.toString())
                .isEqualTo(
                        "tinygate: engine 'foreign' cannot run here: io_uring is switched off\n");
    }

    @Test
    void aGateThatLacksSomethingElseThanItsAddressExitsWith1AndTheCause() {
        assertThat(run("--engine=poor", "--listen=127.0.0.1:0")).isEqualTo(1);
        assertThat(err.toString())
                .contains("cannot start: epoll_create1 failed with EMFILE (24)")
                .doesNotContain("cannot listen");
    }

    @Test
    void aPortInUseExitsWith3AndTheCure() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(run("--listen", address)).isEqualTo(3);
            assertThat(err.toString())
                    .isEqualTo(
                            "tinygate: cannot listen on "
                                    + address
                                    + ": another program uses the port; choose another one with"
                                    + " --listen host:port, or any free one with --listen"
                                    + " 127.0.0.1:0\n");
        }
    }

    @Test
    void anAdminPortInUseNamesTheAdminOption() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(run("--listen=127.0.0.1:0", "--admin", address)).isEqualTo(3);
            assertThat(err.toString())
                    .contains(address + ": another program uses the port", "--admin 127.0.0.1:0");
        }
    }

    @Test
    void anAddressOfAnotherMachineExitsWith5() {
        assertThat(run("--listen=192.0.2.1:8080")).isEqualTo(5);
        assertThat(err.toString())
                .isEqualTo(
                        "tinygate: cannot listen on 192.0.2.1:8080: it is not an address of this"
                                + " machine; 'ip address' lists those\n");
    }

    @Test
    void anUnknownHostNameExitsWith5() {
        assertThat(run("--listen=no-such-host.invalid:8080")).isEqualTo(5);
        assertThat(err.toString())
                .isEqualTo(
                        "tinygate: cannot listen on no-such-host.invalid:8080: the host name is"
                                + " not known\n");
    }

    private int run(String... args) {
        return Cli.run(
                args,
                FakeGate.engines(),
                null,
                new PrintWriter(out, true),
                new PrintWriter(err, true));
    }
}
