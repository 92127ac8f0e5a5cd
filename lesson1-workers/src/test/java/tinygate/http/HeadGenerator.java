package tinygate.http;

import java.util.List;
import java.util.Random;

/**
 * Makes heads: most of them well formed, many with one of the oddities that parsers disagree about,
 * some with a byte changed at random. The same seed makes the same heads.
 */
public final class HeadGenerator {
    private static final String PLAIN = "";
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "OPTIONS", "TRACE");
    private static final List<String> ODD_METHODS = List.of("get", "M-SEARCH", "G(T", "GÉT", "");
    private static final List<String> TARGETS = List.of("/", "/a/b?c=d", "http://b.example:81/x");
    private static final List<String> ODD_TARGETS =
            List.of(
                    "*",
                    "b.example",
                    "http://b?x",
                    "/#f",
                    "/é",
                    "http://u@b/",
                    "/\"<>",
                    "/a b",
                    "");
    private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.0");
    private static final List<String> ODD_VERSIONS =
            List.of(
                    "HTTP/2.7",
                    "HTTP/1.7",
                    "HTTP/0.9",
                    "HTTP/1.10",
                    "http/1.1",
                    "HTTP/1.1␠",
                    "X/1.1");
    private static final List<String> SPACES = List.of("␠");
    private static final List<String> ODD_SPACES = List.of("␠␠", "␉", "␠␉", "␋");
    private static final List<String> BEFORE = List.of(PLAIN, PLAIN, PLAIN, "¶");
    private static final List<String> ODD_BEFORE = List.of("¶¶", "␊", "␍", "␠", "␀");
    private static final List<String> HOSTS = List.of("Host: a.example¶", "host:a:8080¶");
    private static final List<String> ODD_HOSTS =
            List.of(PLAIN, "Host:¶", "Host: a¶Host: a¶", "Host: a b¶", "Host: a/¶", "Host: a:x¶");
    private static final List<String> FIELDS =
            List.of(
                    "Accept: */*¶",
                    "X-Empty:¶",
                    "X-Blank:␠␉value␉␠¶",
                    "Cookie: é, \"x\"¶",
                    "Connection: keep-alive¶",
                    "Connection: close, x-named¶",
                    "X-Named: 1¶",
                    "Via: 1.0 first¶",
                    "TE: trailers¶",
                    "Keep-Alive: 5¶",
                    "Upgrade: h2c¶",
                    "Expect: 100-continue¶",
                    "Max-Forwards: 5¶",
                    "X-Forwarded-For: 1.2.3.4¶",
                    "X-Forwarded-Host: forged¶",
                    "Forwarded: for=1.2.3.4¶",
                    "Connection: host, via, content-length, x-forwarded-for¶");
    private static final List<String> ODD_FIELDS =
            List.of(
                    "X-Fold: a¶␠b¶",
                    "X-Fold: a¶␉b¶",
                    "X-Space : a¶",
                    "X-Tab␉: a¶",
                    "No-Colon¶",
                    ": no name¶",
                    "X-Feed: a␊",
                    "X-Feed: a␊X-B: b¶",
                    "X-Return: a␍b¶",
                    "X-Nul: a␀b¶",
                    "X-Vt: ␋a¶",
                    "X-Esc: a␛b¶",
                    "X(Name: a¶",
                    "Max-Forwards: x¶");
    private static final List<String> FRAMINGS =
            List.of(PLAIN, PLAIN, "Content-Length: 5¶", "Transfer-Encoding: chunked¶");
    private static final List<String> ODD_FRAMINGS =
            List.of(
                    "Content-Length: 007¶",
                    "Content-Length: +5¶",
                    "Content-Length: 5, 5¶",
                    "Content-Length: 5¶Content-Length: 5¶",
                    "Content-Length: 5¶Content-Length: 6¶",
                    "Content-Length:¶",
                    "Content-Length: 9223372036854775808¶",
                    "Content-Length: 5¶Transfer-Encoding: chunked¶",
                    "Content-Length: 5¶Transfer-Encoding: identity¶",
                    "Transfer-Encoding: chunked, identity¶",
                    "Transfer-Encoding: gzip, chunked¶",
                    "Transfer-Encoding: chunked, chunked¶",
                    "Transfer-Encoding: Chunked¶",
                    "Transfer-Encoding: , chunked¶",
                    "Transfer-Encoding: chunked,¶",
                    "Transfer-Encoding: xchunked¶",
                    "Transfer-Encoding: gzip¶",
                    "Transfer-Encoding: ␋chunked¶",
                    "Transfer-Encoding:¶",
                    "Transfer-Encoding : chunked¶");
    private static final List<String> STATUSES = List.of("200 OK", "404 Not Found", "204 x");
    private static final List<String> ODD_STATUSES =
            List.of("200", "103 x", "304 ", "099 x", "600 x", "20 x", "101 x", "200  é");
    private static final byte[] ODD_BYTES = WireText.bytes("␀␉␊␋␍␠␡:;,/#\"0Aaé");

    private final Random random;

    public HeadGenerator(long seed) {
        random = new Random(seed);
    }

    public byte[] request() {
        String line =
                pick(BEFORE, ODD_BEFORE)
                        + pick(METHODS, ODD_METHODS)
                        + pick(SPACES, ODD_SPACES)
                        + pick(TARGETS, ODD_TARGETS)
                        + pick(SPACES, ODD_SPACES)
                        + pick(VERSIONS, ODD_VERSIONS);
        return mutated(line + "¶" + fields(pick(HOSTS, ODD_HOSTS)) + "¶");
    }

    public byte[] response() {
        String line =
                pick(VERSIONS, ODD_VERSIONS)
                        + pick(SPACES, ODD_SPACES)
                        + pick(STATUSES, ODD_STATUSES);
        return mutated(line + "¶" + fields("Server: x¶") + "¶");
    }

    private String fields(String first) {
        StringBuilder fields = new StringBuilder();
        int before = random.nextInt(3);
        for (int i = 0; i < before; i++) {
            fields.append(pick(FIELDS, ODD_FIELDS));
        }
        fields.append(first);
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.append(pick(FIELDS, ODD_FIELDS));
        }
        return fields.append(pick(FRAMINGS, ODD_FRAMINGS)).toString();
    }

    private String pick(List<String> plain, List<String> odd) {
        List<String> from = random.nextInt(20) == 0 ? odd : plain;
        return from.get(random.nextInt(from.size()));
    }

    private byte[] mutated(String text) {
        byte[] head = WireText.bytes(text);
        if (random.nextInt(4) > 0) {
            return head;
        }
        int at = random.nextInt(head.length);
        int removed = random.nextInt(2);
        int added = 1 - random.nextInt(2);
        byte[] mutant = new byte[head.length - removed + added];
        System.arraycopy(head, 0, mutant, 0, at);
        System.arraycopy(head, at + removed, mutant, at + added, head.length - at - removed);
        if (added > 0) {
            mutant[at] = ODD_BYTES[random.nextInt(ODD_BYTES.length)];
        }
        return mutant;
    }
}
