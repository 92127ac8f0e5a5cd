package tinygate.observe;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.http.FieldName;
import tinygate.http.RequestHead;

/**
 * Writes one line for each finished exchange to the logger {@code tinygate.access}: the combined
 * format that most log tools read, then the upstream and the microseconds.
 *
 * <pre>
 * 127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8" 127.0.0.1:9001 412
 * </pre>
 */
public final class AccessLog {
    private static final String ABSENT = "-";

    private final Logger logger = LoggerFactory.getLogger("tinygate.access");
    private final DateTimeFormatter time;

    public AccessLog() {
        this(ZoneId.systemDefault());
    }

    AccessLog(ZoneId zone) {
        time = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH).withZone(zone);
    }

    /**
     * What is known of an exchange at its end. Texts hold a byte in each character (ISO 8859-1), as
     * heads do; null or empty stands for what there was not.
     *
     * @param client the client's address
     * @param time when the request's head was read
     * @param requestLine as it was received
     * @param status the final status that was sent, 0 if none was
     * @param bodyBytes of the response's body that were sent
     * @param upstream where the answer came from
     * @param micros from the request's head to the end of the response
     */
    public record Entry(
            String client,
            Instant time,
            String requestLine,
            int status,
            long bodyBytes,
            String referer,
            String userAgent,
            String upstream,
            long micros) {}

    /** What is known of an exchange at its beginning. */
    public static final class Begun {
        private final String client;
        private final Instant time = Instant.now();
        private final long nanos = System.nanoTime();
        private final String requestLine;
        private final String referer;
        private final String userAgent;

        /**
         * @param request a head that still lies in its buffer, or null for one that was refused
         */
        public Begun(String client, RequestHead request) {
            this.client = client;
            requestLine = request == null ? null : request.line();
            referer = request == null ? null : request.fields().value(FieldName.REFERER);
            userAgent = request == null ? null : request.fields().value(FieldName.USER_AGENT);
        }

        /** All that is known at the end. */
        public Entry end(int status, long bodyBytes, String upstream) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - nanos);
            return new Entry(
                    client,
                    time,
                    requestLine,
                    status,
                    bodyBytes,
                    referer,
                    userAgent,
                    upstream,
                    micros);
        }
    }

    /**
     * Hands the line to the logger, which writes it later; returns without waiting for the disk.
     */
    public void write(Entry entry) {
        if (logger.isInfoEnabled()) {
            logger.info(line(entry));
        }
    }

    String line(Entry entry) {
        return "%s - - [%s] \"%s\" %d %d \"%s\" \"%s\" %s %d"
                .formatted(
                        escaped(entry.client),
                        time.format(entry.time),
                        escaped(entry.requestLine),
                        entry.status,
                        entry.bodyBytes,
                        escaped(entry.referer),
                        escaped(entry.userAgent),
                        escaped(entry.upstream),
                        entry.micros);
    }

    /** What a client sent must not end a field or a line: such bytes are written as \xHH. */
    private static String escaped(String text) {
        if (text == null || text.isEmpty()) {
            return ABSENT;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                out.append("\\x%02X".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
