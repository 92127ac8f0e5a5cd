package tinygate.workers;

import tinygate.proxy.Answer;

/** An attempt to get a response from an upstream failed before the client was sent any of it. */
final class UpstreamFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** How far the attempt had come. */
    enum Stage {
        /** No byte of the request had been sent. */
        CONNECTING,
        /** A kept connection broke before a byte of the response: the upstream had closed it. */
        STALE,
        /** A new connection broke before a byte of the response. */
        WAITING,
        /** The upstream took too long, or what it answered is no response. */
        ANSWERED
    }

    private final Stage stage;
    private final transient Answer answer;

    /**
     * @param answer what the client is told if nothing else helps
     */
    UpstreamFailure(Stage stage, Answer answer) {
        super(answer.content(), null, false, false);
        this.stage = stage;
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    Stage stage() {
        return stage;
    }

    /** Whether it says something about the upstream's health. */
    boolean isUpstreamsFault() {
        return stage != Stage.STALE && answer.status() != 503;
    }
}
