package tinygate.relay;

import java.util.Set;

/**
 * Where an exchange stands. This is the whole table of the states and of the ways between them:
 *
 * <pre>
 *                   a kept connection is there
 *                  +---------------------------+
 *                  |                           v
 *   +------+    +------+    +---------+    +----------+    +-------+
 *   | IDLE |--->| HEAD |--->| CONNECT |--->| RESPONSE |--->| RELAY |
 *   +------+    +------+    +---------+    +----------+    +-------+
 *      ^           |          |  ^  retry   |  |  |            |
 *      |           |          |  +----------+  |  |  101       |
 *      |           v          v                v  |            |
 *      +-----------+----------+----------------+--|------------+
 *        the client's connection lives on         v
 *                                            +--------+
 *                                            | TUNNEL |
 *                                            +--------+
 * </pre>
 *
 * From each of them a way leads to FAREWELL, if the last bytes are on their way and the client's
 * connection is to end then; and from each, FAREWELL too, to CLOSED. An own answer, for which there
 * is no response or no upstream, leads back from HEAD, CONNECT or RESPONSE; a connect that fails
 * may be tried once more, which is a way from CONNECT to itself.
 */
public enum Phase {
    /** Waits for the first byte of a request. */
    IDLE("the client's next request"),
    /** Has some of a request's head, not all of it. */
    HEAD("the rest of the request's head"),
    /** Has a request and waits for a new connection to an upstream. */
    CONNECT("a connection to the upstream"),
    /** The request's head was given to be sent, its body flows; no final response has come. */
    RESPONSE("the upstream's response"),
    /** The response's head was given to be sent; both bodies flow. */
    RELAY("the rest of the bodies"),
    /** The connections have switched to another protocol; bytes flow both ways unread. */
    TUNNEL("bytes in either direction"),
    /** Nothing more will be said to the client; what it still sends is thrown away. */
    FAREWELL("the client to take the last bytes"),
    /**
     * The exchange has no connection and no chunk any more. What was in flight is its driver's,
     * until it completes.
     */
    CLOSED("nothing");

    private final String waitsFor;
    private Set<Phase> next;

    static {
        IDLE.next = Set.of(HEAD, FAREWELL, CLOSED);
        HEAD.next = Set.of(CONNECT, RESPONSE, IDLE, FAREWELL, CLOSED);
        CONNECT.next = Set.of(CONNECT, RESPONSE, IDLE, FAREWELL, CLOSED);
        RESPONSE.next = Set.of(CONNECT, RELAY, TUNNEL, IDLE, FAREWELL, CLOSED);
        RELAY.next = Set.of(IDLE, FAREWELL, CLOSED);
        TUNNEL.next = Set.of(FAREWELL, CLOSED);
        FAREWELL.next = Set.of(CLOSED);
        CLOSED.next = Set.of();
    }

    Phase(String waitsFor) {
        this.waitsFor = waitsFor;
    }

    /** What an exchange in this phase waits for, in words. */
    public String waitsFor() {
        return waitsFor;
    }

    /** The phases that may follow. */
    public Set<Phase> next() {
        return next;
    }

    /**
     * Goes to another phase.
     *
     * @throws IllegalStateException if the table has no such way
     */
    Phase to(Phase other) {
        if (!next.contains(other)) {
            throw new IllegalStateException("no way leads from " + this + " to " + other);
        }
        return other;
    }
}
