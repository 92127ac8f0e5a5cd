package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.ChildJvm;

/**
 * This lesson's command line seen from outside its process, also where a seccomp filter forbids
 * io_uring, as in a container. What the filter does can be seen only where nothing else forbids it.
 */
@NeedsIoUring
@Timeout(120)
class MainTest {
    private static final int IO_URING_SETUP = 425;
    private static final int IO_URING_REGISTER = 427;
    private static final int UNSUPPORTED = 7;

    @ParameterizedTest
    @CsvSource({"EPERM, forbids the call", "ENOSYS, hides the call"})
    void preflightTellsWhichRefusalItWas(String errno, String words) throws Exception {
        try (ChildJvm child = filtered(errno, IO_URING_SETUP, "--preflight")) {
            assertThat(child.awaitExit()).isEqualTo(UNSUPPORTED);
            assertThat(text(child))
                    .contains("io_uring cannot be used here")
                    .containsPattern("io_uring_setup +" + errno + " +MISSING")
                    .contains("io_uring_setup (" + errno + "): a seccomp filter " + words);
        }
    }

    @Test
    void preflightFindsThatOneOfTheThreeCallsIsForbidden() throws Exception {
        try (ChildJvm child = filtered("EPERM", IO_URING_REGISTER, "--preflight")) {
            assertThat(child.awaitExit()).isEqualTo(UNSUPPORTED);
            assertThat(text(child))
                    .containsPattern("io_uring_setup +allowed +ok")
                    .contains("io_uring_register (EPERM): a seccomp filter forbids the call");
        }
    }

    @ParameterizedTest
    @CsvSource({"EPERM, forbids the call", "ENOSYS, hides the call"})
    void aGateThatMayNotUseIoUringRefusesToStartInOneLine(String errno, String words)
            throws Exception {
        try (ChildJvm gate =
                filtered(errno, IO_URING_SETUP, "--engine=netty", "--listen=127.0.0.1:0")) {
            assertThat(gate.awaitExit()).isEqualTo(UNSUPPORTED);
            assertThat(said(gate))
                    .singleElement()
                    .asString()
                    .startsWith("tinygate: engine 'netty' cannot run here: io_uring_setup ")
                    .contains("a seccomp filter " + words, "Cure: ", "--preflight");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EPERM", "ENOSYS"})
    void autoFallsBackToEpollSaysSoAndServes(String errno) throws Exception {
        try (ChildJvm gate =
                filtered(errno, IO_URING_SETUP, "--engine=auto", "--listen=127.0.0.1:0")) {
            assertThat(gate.awaitLine("auto chooses"))
                    .contains("auto chooses epoll, since io_uring cannot be used")
                    .contains("io_uring_setup (" + errno + ")");
            expectService(gate);
        }
    }

    @Test
    void autoChoosesIoUringWhereItCanBeUsed() throws Exception {
        try (ChildJvm gate = child(Main.class, "--engine=auto", "--listen=127.0.0.1:0")) {
            assertThat(gate.awaitLine("auto chooses")).doesNotContain("epoll");
            expectService(gate);
        }
    }

    @Test
    void preflightExitsWith0WhereIoUringCanBeUsed() throws Exception {
        try (ChildJvm child = child(Main.class, "--preflight")) {
            assertThat(child.awaitExit()).isZero();
            assertThat(text(child)).contains("io_uring can be used here");
        }
    }

    /** A request is answered, and SIGTERM ends the process with 0. */
    private static void expectService(ChildJvm gate) throws Exception {
        String port = gate.awaitLine("listening on").replaceAll(".*:([0-9]+),.*", "$1");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                        .timeout(Duration.ofSeconds(30))
                        .build();
        assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
                .contains("got GET /");
        gate.signal("TERM");
        assertThat(gate.awaitExit()).isZero();
    }

    /** Its output without the warnings that JDK 24 and newer print at the start. */
    private static List<String> said(ChildJvm child) {
        return child.lines().stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("WARNING: "))
                .toList();
    }

    private static String text(ChildJvm child) {
        return String.join("\n", child.lines());
    }

    private static ChildJvm filtered(String errno, int call, String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of(errno, "" + call));
        all.addAll(List.of(args));
        return child(FilteredMain.class, all.toArray(new String[0]));
    }

    private static ChildJvm child(Class<?> main, String... args) throws IOException {
        return new ChildJvm(List.of(), main, args);
    }
}
