package tinygate.relay;

import tinygate.http.RequestHead;
import tinygate.observe.AccessLog;
import tinygate.upstream.Upstream;

/** What is counted and logged of a {@link Transaction}. */
final class Journal {
    private final RelayContext context;
    private boolean started;
    private AccessLog.Begun logged; // null if exchanges are not logged
    private Upstream upstream; // that was asked last, or null
    private int status; // what the client was sent, 0 for nothing or only a part
    private long bodyBytes; // of content that the client was sent

    Journal(RelayContext context) {
        this.context = context;
    }

    void begin() {
        started = false;
        logged = null;
        upstream = null;
        status = 0;
        bodyBytes = 0;
    }

    /**
     * There is a request to be answered.
     *
     * @param request its head, or null if it was refused before it was whole
     */
    void started(String client, RequestHead request) {
        started = true;
        context.stats.exchangeStarted();
        if (context.accessLog != null) {
            logged = new AccessLog.Begun(client, request);
        }
    }

    /** The request goes to this upstream. */
    void asked(Upstream upstream) {
        this.upstream = upstream;
    }

    /** The client was sent a whole response. */
    void answered(int status, long bodyBytes) {
        this.status = status;
        this.bodyBytes = bodyBytes;
    }

    /** Nothing more will happen. */
    void end() {
        if (started) {
            context.stats.exchangeFinished(status);
        }
        if (logged != null) {
            String name = upstream == null ? null : upstream.toString();
            context.accessLog.write(logged.end(status, bodyBytes, name));
        }
    }
}
