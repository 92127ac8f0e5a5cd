package tinygate.http;

import java.nio.ByteBuffer;

/**
 * A request method as far as a proxy must know it (RFC 9110, section 9.3); names are
 * case-sensitive.
 */
public enum Method {
    GET(true),
    HEAD(true),
    POST(false),
    PUT(true),
    DELETE(true),
    CONNECT(false),
    OPTIONS(true),
    TRACE(true),
    PATCH(false),
    /** Any other token; forwarded as it is. */
    OTHER(false);

    private static final Method[] ALL = values();

    private final boolean idempotent;
    private final byte[] token;

    Method(boolean idempotent) {
        this.idempotent = idempotent;
        this.token = Ascii.bytes(name());
    }

    /** Whether sending it twice is the same as sending it once (RFC 9110, section 9.2.2). */
    public boolean idempotent() {
        return idempotent;
    }

    static Method of(ByteBuffer bytes, int from, int to) {
        for (Method method : ALL) {
            if (method != OTHER && Ascii.equal(bytes, from, to, method.token)) {
                return method;
            }
        }
        return OTHER;
    }
}
