package tinygate.proxy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of a Date field (RFC 9110, section 5.6.7), made anew only when the second changes. */
public final class HttpDate {
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private String text;

    /**
     * @param epochMillis the time, as {@link System#currentTimeMillis}
     */
    public String at(long epochMillis) {
        long now = Math.floorDiv(epochMillis, 1000L);
        if (now != second) {
            text = IMF_FIXDATE.format(Instant.ofEpochSecond(now));
            second = now;
        }
        return text;
    }
}
