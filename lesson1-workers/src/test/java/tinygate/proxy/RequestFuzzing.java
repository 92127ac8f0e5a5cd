package tinygate.proxy;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Feeds the parser and the writer of requests with whatever bytes Jazzer finds to reach new code,
 * head and body. It runs on demand only, as its name does not end in Test:
 *
 * <pre>
 *   JAZZER_FUZZ=1 mvn test -pl lesson1-workers -Dtest=RequestFuzzing
 * </pre>
 *
 * <p>What it finds is written to {@code src/test/resources/…/RequestFuzzingInputs/anyBytes}; put
 * there, it is checked by {@link ForwardedMeaningTest} from then on.
 */
class RequestFuzzing {
    private final ForwardedMeaning meaning = new ForwardedMeaning();

    @FuzzTest(maxDuration = "3m")
    void anyBytes(byte[] message) {
        meaning.checkRequest(message);
    }
}
