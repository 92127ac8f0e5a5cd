package tinygate.workers;

import tinygate.proxy.Answer;
import tinygate.proxy.Attempts;
import tinygate.proxy.Errors;
import tinygate.upstream.Upstream;

/** An attempt to get a response from an upstream failed before the client was sent any of it. */
final class UpstreamFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;
    private final Attempts.Failure failure;

    /**
     * @param answer what the client is told if nothing else helps
     */
    UpstreamFailure(Attempts.Failure failure, Answer answer) {
        super(answer.content(), null, false, false);
        this.failure = failure;
        this.answer = answer;
    }

    /** The request was not taken in time, or the response's head did not come in time. */
    static UpstreamFailure late(Upstream upstream, int timeoutMillis) {
        return new UpstreamFailure(
                Attempts.Failure.NOT_REPEATABLE, Errors.responseTimedOut(upstream, timeoutMillis));
    }

    /** The connection ended before the response's head was whole. */
    static UpstreamFailure closed(Upstream upstream, boolean answerBegun) {
        return new UpstreamFailure(
                answerBegun ? Attempts.Failure.NOT_REPEATABLE : Attempts.Failure.NOT_ANSWERED,
                Errors.noResponse(upstream));
    }

    Attempts.Failure failure() {
        return failure;
    }

    Answer answer() {
        return answer;
    }
}
