package tinygate.upstream;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts a route serves, as the settings write them: a name, {@code *.suffix} or {@code *}.
 *
 * @param text in the form of {@link #canonical}
 */
record HostPattern(String text) {
    static final HostPattern ANY = new HostPattern("*");

    private static final int MAX_NAME_CHARS = 253;
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

    /** RFC 1123, section 2.1, with the underscore that people do use. */
    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

    /** Enough to tell an IPv6 address from a name with a port. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f]*(:[0-9a-f.]*){2,}");

    /**
     * @throws IllegalArgumentException saying what a route's host may be
     */
    static HostPattern parse(String host) {
        String text = canonical(host);
        boolean name = NAME.matcher(text).matches() && text.length() <= MAX_NAME_CHARS;
        if (!name && !host.equals("*") && !IPV6.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + host
                            + "' is not a host that a route can serve: write a name or an address"
                            + " without a port (www.example.com), *.example.com for every name"
                            + " below example.com, or * for all that no other route names");
        }
        return new HostPattern(text);
    }

    /** The one form of a host for comparing: lower case, no trailing dot, no brackets. */
    static String canonical(String host) {
        String text = host.toLowerCase(Locale.ROOT);
        if (text.startsWith("[") && text.endsWith("]") && text.indexOf(':') > 0) {
            return text.substring(1, text.length() - 1);
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    boolean isSuffix() {
        return text.startsWith("*.");
    }

    /** Whether a canonical host is below this suffix: longer than {@code .suffix} and ends so. */
    boolean isAbove(String host) {
        int endingLength = text.length() - 1;
        return host.length() > endingLength
                && host.regionMatches(host.length() - endingLength, text, 1, endingLength);
    }
}
