package tinygate.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** The fields that the gate itself reads or writes; it forwards all others without a look. */
public enum FieldName {
    ALLOW("Allow"),
    AUTHORIZATION("Authorization"),
    CONNECTION("Connection"),
    CONTENT_LENGTH("Content-Length"),
    CONTENT_TYPE("Content-Type"),
    COOKIE("Cookie"),
    DATE("Date"),
    EXPECT("Expect"),
    FORWARDED("Forwarded"),
    HOST("Host"),
    KEEP_ALIVE("Keep-Alive"),
    MAX_FORWARDS("Max-Forwards"),
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    PROXY_CONNECTION("Proxy-Connection"),
    REFERER("Referer"),
    TE("TE"),
    TRANSFER_ENCODING("Transfer-Encoding"),
    UPGRADE("Upgrade"),
    USER_AGENT("User-Agent"),
    VIA("Via"),
    X_FORWARDED_FOR("X-Forwarded-For"),
    X_FORWARDED_HOST("X-Forwarded-Host"),
    X_FORWARDED_PROTO("X-Forwarded-Proto");

    private static final int LONGEST = 19;

    /** Few names share a length, so a look-up compares one to three names. */
    private static final FieldName[][] BY_LENGTH = new FieldName[LONGEST + 1][];

    static {
        for (int length = 0; length <= LONGEST; length++) {
            int wanted = length;
            BY_LENGTH[length] =
                    Arrays.stream(values())
                            .filter(name -> name.lowerCase.length == wanted)
                            .toArray(FieldName[]::new);
        }
    }

    private final byte[] bytes;
    private final byte[] lowerCase;

    FieldName(String text) {
        bytes = Ascii.bytes(text);
        lowerCase = Ascii.bytes(text.toLowerCase(Locale.ROOT));
    }

    /** Writes the name and its colon. */
    public void write(ByteBuffer out) {
        out.put(bytes).put((byte) ':').put((byte) ' ');
    }

    /** Writes a whole field line. */
    public void write(ByteBuffer out, String value) {
        write(out);
        Ascii.write(out, value);
        Ascii.endLine(out);
    }

    /** Writes a whole field line. */
    public void write(ByteBuffer out, long value) {
        write(out);
        Ascii.write(out, value);
        Ascii.endLine(out);
    }

    /** The name that these bytes spell in any case, or null if it is none of these. */
    static FieldName of(ByteBuffer bytes, int from, int to) {
        if (to - from <= LONGEST) {
            for (FieldName name : BY_LENGTH[to - from]) {
                if (Ascii.equalIgnoringCase(bytes, from, to, name.lowerCase)) {
                    return name;
                }
            }
        }
        return null;
    }
}
