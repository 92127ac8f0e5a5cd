package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tinygate.http.HeadGenerator;
import tinygate.http.RequestHead;
import tinygate.http.WireText;

/**
 * {@link ForwardedMeaning} for thousands of generated heads ({@code -Dtinygate.heads=1000000} for
 * more, {@code -Dtinygate.seed=2} for others), and for every message that fuzzing started from or
 * once failed with. The latter run here and not in Jazzer, whose agent would slow down and change
 * all classes of the JVM that the other tests run in.
 */
@Timeout(600)
class ForwardedMeaningTest {
    private static final int HEADS = Integer.getInteger("tinygate.heads", 4_000);
    private static final long SEED = Long.getLong("tinygate.seed", 1);
    private static final Path INPUTS = Path.of("src/test/resources/tinygate/proxy");

    private final ForwardedMeaning meaning = new ForwardedMeaning();

    @Test
    void nothingThatAClientSendsChangesHostFramingOrHopOfWhatIsForwarded() {
        HeadGenerator heads = new HeadGenerator(SEED);
        int forwarded = 0;
        for (int i = 0; i < HEADS; i++) {
            byte[] head = heads.request();
            try {
                forwarded += meaning.checkRequest(head) ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(shown(i, head), e);
            }
        }

        assertThat(forwarded).isGreaterThan(HEADS / 4);
    }

    @Test
    void nothingThatAnUpstreamSendsChangesFramingOrHopOfWhatTheClientGets() {
        HeadGenerator heads = new HeadGenerator(SEED);
        RequestHead[] requests = {
            Heads.request("GET / HTTP/1.1\nHost: a\n\n"),
            Heads.request("HEAD / HTTP/1.1\nHost: a\n\n"),
            Heads.request("GET / HTTP/1.0\nConnection: keep-alive\n\n")
        };
        int forwarded = 0;
        for (int i = 0; i < HEADS; i++) {
            byte[] head = heads.response();
            try {
                forwarded += meaning.checkResponse(requests[i % 3], head) ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(shown(i, head), e);
            }
        }

        assertThat(forwarded).isGreaterThan(HEADS / 4);
    }

    private static String shown(int number, byte[] head) {
        return "seed " + SEED + ", head " + number + ": " + WireText.show(head);
    }

    static Stream<Path> requestInputs() throws IOException {
        return inputs("RequestFuzzingInputs/anyBytes");
    }

    @ParameterizedTest
    @MethodSource("requestInputs")
    void aRequestOfTheFuzzingCorpus(Path input) throws IOException {
        meaning.checkRequest(Files.readAllBytes(input));
    }

    static Stream<Path> responseInputs() throws IOException {
        return inputs("ResponseFuzzingInputs/anyBytes");
    }

    private static Stream<Path> inputs(String directory) throws IOException {
        try (Stream<Path> inputs = Files.list(INPUTS.resolve(directory))) {
            return inputs.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("responseInputs")
    void aResponseOfTheFuzzingCorpus(Path input) throws IOException {
        RequestHead request = Heads.request("GET / HTTP/1.1\nHost: a\n\n");

        meaning.checkResponse(request, Files.readAllBytes(input));
    }
}
