package tinygate.workers;

import tinygate.proxy.Answer;
import tinygate.proxy.Attempts;

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

    Attempts.Failure failure() {
        return failure;
    }

    Answer answer() {
        return answer;
    }
}
