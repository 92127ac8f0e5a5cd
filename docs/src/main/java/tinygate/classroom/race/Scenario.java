package tinygate.classroom.race;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One kind of work for the contenders, written as {@code keep-64-1k}: kind, connections, body.
 *
 * @param connections clients at once, 1 to 5,000
 * @param bodyBytes the length of each response's body, 1 to 1 MiB
 */
public record Scenario(Kind kind, int connections, int bodyBytes) {
    private static final Pattern TEXT =
            Pattern.compile("([a-z]+)(?:-([0-9]{1,4}))?(?:-([0-9]{1,4})(k?))?");

    /**
     * How long one of two upstreams waits before each answer: hundreds of times as long as a gate
     * works for a request, and short enough for many answers in a second.
     */
    static final Duration DELAY = Duration.ofMillis(20);

    /** What a class sees in two or three minutes. */
    static final List<Scenario> SHORT = List.of(parse("keep-512-1k"), parse("pipelined-256-1k"));

    /** What is published. */
    static final List<Scenario> FULL =
            List.of(
                    parse("keep-64-1k"),
                    parse("keep-512-1k"),
                    parse("keep-64-64k"),
                    parse("close-64-1k"),
                    parse("pipelined-256-1k"),
                    parse("neighbour-512-1k"),
                    parse("dear-64-1k"),
                    parse("delayed-64-1k"),
                    parse("rate-64-1k"),
                    parse("slow-64-1k"),
                    parse("idle-64-1k"));

    /** The kinds of work, with what makes them different. */
    enum Kind {
        KEEP(64, "kept connections"),
        CLOSE(64, "a connection for each request"),
        PIPELINED(256, "8 requests at a time on each connection"),
        NEIGHBOUR(512, "a busy neighbour on the gate's processor"),
        DEAR(64, "dear system calls: a filter (seccomp) looks at each"),
        RATE(64, "at a fixed rate"),
        DELAYED(64, "one of two upstreams answers " + DELAY.toMillis() + " ms later"),
        SLOW(64, "beside slow clients, more than lesson 1 has workers"),
        IDLE(64, "beside idle clients, more than lesson 1 has workers");

        private final int usualConnections;
        private final String words;

        Kind(int usualConnections, String words) {
            this.usualConnections = usualConnections;
            this.words = words;
        }

        /** Whether there are clients that only hold their connections. */
        boolean crowded() {
            return this == SLOW || this == IDLE;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Scenario {
        if (connections < 1 || connections > 5_000 || bodyBytes < 1 || bodyBytes > 1 << 20) {
            throw new IllegalArgumentException(
                    "give 1 to 5000 connections and a body of 1 byte to 1024k");
        }
    }

    /**
     * Reads {@code kind}, {@code kind-connections} or {@code kind-connections-bytes}, bytes such as
     * 500 or 64k.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Scenario parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no scenario: write kind-connections-bytes as in keep-64-1k");
        }
        Kind kind =
                Arrays.stream(Kind.values())
                        .filter(one -> one.toString().equals(matcher.group(1)))
                        .findFirst()
                        .orElseThrow(() -> unknown(matcher.group(1)));
        int connections = number(matcher.group(2), kind.usualConnections);
        int bytes = number(matcher.group(3), 1024);
        return new Scenario(kind, connections, "k".equals(matcher.group(4)) ? bytes * 1024 : bytes);
    }

    /** What it is, for a person. */
    public String words() {
        String words = kind == Kind.DELAYED ? kind.words + expected() : kind.words;
        return String.format(
                Locale.ROOT, "%,d connections, bodies of %s; %s", connections, size(), words);
    }

    /** Half of the requests wait, so that a client makes two in the time of a delay, no more. */
    private String expected() {
        return String.format(
                Locale.ROOT, ": at most %,d requests/s", 2_000 * connections / DELAY.toMillis());
    }

    /** What a contender has to do here, whatever goes on beside it. */
    Scenario work() {
        return switch (kind) {
            case NEIGHBOUR, RATE, SLOW, IDLE -> new Scenario(Kind.KEEP, connections, bodyBytes);
            default -> this;
        };
    }

    /** How many requests a client sends before it waits for the answers. */
    int pipelined() {
        return kind == Kind.PIPELINED ? 8 : 1;
    }

    /** Where the upstream has a body of that length. */
    public String path() {
        return "/bytes/" + bodyBytes;
    }

    private String size() {
        return bodyBytes % 1024 == 0 ? bodyBytes / 1024 + " KiB" : bodyBytes + " bytes";
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String bytes = bodyBytes % 1024 == 0 ? bodyBytes / 1024 + "k" : "" + bodyBytes;
        return kind + "-" + connections + "-" + bytes;
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static IllegalArgumentException unknown(String kind) {
        return new IllegalArgumentException(
                "no kind of scenario is called '"
                        + kind
                        + "': there are "
                        + Arrays.stream(Kind.values())
                                .map(Kind::toString)
                                .collect(Collectors.joining(", ")));
    }
}
