package tinygate.proxy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tinygate.http.RequestHead;

/**
 * As {@link RequestFuzzing}, for responses:
 *
 * <pre>
 *   JAZZER_FUZZ=1 mvn test -pl lesson1-workers -Dtest=ResponseFuzzing
 * </pre>
 */
class ResponseFuzzing {
    private final ForwardedMeaning meaning = new ForwardedMeaning();
    private final RequestHead request = Heads.request("GET / HTTP/1.1\nHost: a\n\n");
    private final RequestHead oldRequest = Heads.request("GET / HTTP/1.0\n\n");

    @FuzzTest(maxDuration = "3m")
    void anyBytes(byte[] message) {
        meaning.checkResponse(request, message);
        meaning.checkResponse(oldRequest, message);
    }
}
