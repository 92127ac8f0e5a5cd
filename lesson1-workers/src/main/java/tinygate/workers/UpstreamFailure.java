package tinygate.workers;

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

    private final int status;
    private final Stage stage;

    /**
     * @param status what the client is answered if nothing else helps: 502, 503 or 504
     */
    UpstreamFailure(int status, Stage stage, String why) {
        super(why, null, false, false);
        this.status = status;
        this.stage = stage;
    }

    int status() {
        return status;
    }

    Stage stage() {
        return stage;
    }

    /** Whether it says something about the upstream's health. */
    boolean isUpstreamsFault() {
        return stage != Stage.STALE && status != 503;
    }
}
