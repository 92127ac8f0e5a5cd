package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tinygate.Settings.Forwarding;
import tinygate.http.Ascii;
import tinygate.http.Framing;
import tinygate.http.Head;
import tinygate.http.HeadLimits;
import tinygate.http.HttpViolation;
import tinygate.http.MessageReader;
import tinygate.http.Method;
import tinygate.http.Outcome;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;

/**
 * What must hold of every message, whatever its bytes: it is refused with a violation and nothing
 * else, it means the same in whatever pieces it comes, and what is forwarded of it is accepted by
 * the strict parser again and means what it meant.
 */
final class ForwardedMeaning {
    private static final HeadLimits LIMITS = MessageReader.LIMITS;
    private static final int MOST = RequestWriter.mostHeadBytes(LIMITS.bytes());

    /** A forwarded head is larger: the upstream's limits must allow it. */
    private static final HeadLimits UPSTREAMS_LIMITS =
            new HeadLimits(MOST, LIMITS.fields() + 10, LIMITS.targetBytes() + 1);

    private static final Set<String> WRITTEN_BY_THE_GATE =
            Set.of(
                    "host",
                    "content-length",
                    "max-forwards",
                    "via",
                    "x-forwarded-for",
                    "x-forwarded-proto",
                    "x-forwarded-host",
                    "forwarded",
                    "date",
                    "expect");

    private final ByteBuffer out = ByteBuffer.allocate(MOST);
    private final MessageReader requests = MessageReader.ofRequests(LIMITS);
    private final Map<Method, MessageReader> responses = new EnumMap<>(Method.class);
    private final Map<Method, MessageReader> answers = new EnumMap<>(Method.class);
    private final MessageReader forwarded = MessageReader.ofRequests(UPSTREAMS_LIMITS);
    private final RequestWriter requestWriter =
            new RequestWriter(new Forwarding("gate", true, true), "gate.example", false);

    /**
     * @return whether it is a request whose head was forwarded
     */
    boolean checkRequest(byte[] message) {
        Outcome came = requests.read(message);
        assertThat(requests.byteByByte(message)).as("byte by byte").isEqualTo(came);
        RequestHead head = new RequestHead(LIMITS);
        if (!complete(head, message)) {
            return false;
        }
        requestWriter.write(head, "2001:db8::1", out.clear());
        byte[] written = written();
        Outcome sent = forwarded.read(written);
        List<String> fields = new ArrayList<>(sent.fields());

        assertThat(sent.refused()).as(sent.start()).isZero();
        assertThat(sent.headBytes()).isEqualTo(written.length);
        assertThat(sent.framing()).isEqualTo(head.framing());
        assertThat(sent.start()).isEqualTo(startOfForwarded(head));
        assertThat(fields.remove(0)).isEqualTo("Host: " + hostOf(head));
        assertThat(hopByHop(fields)).isEqualTo(hopByHopOfForwarded(head));
        assertThat(endToEnd(fields)).isEqualTo(endToEnd(fieldsOf(head)));
        assertThat(fields)
                .filteredOn(field -> field.startsWith("X-Forwarded-Host: "))
                .containsExactly("X-Forwarded-Host: " + hostOf(head));
        assertThat(fields)
                .filteredOn(field -> field.startsWith("X-Forwarded-Proto: "))
                .containsExactly("X-Forwarded-Proto: http");
        assertThat(fields).noneMatch(field -> name(field).equals("host"));
        return true;
    }

    /**
     * @return whether it is a response whose head was forwarded
     */
    boolean checkResponse(RequestHead request, byte[] message) {
        Method to = request.method();
        MessageReader reader = reader(responses, LIMITS, to);
        Outcome came = reader.read(message);
        assertThat(reader.byteByByte(message)).as("byte by byte").isEqualTo(came);
        ResponseHead head = new ResponseHead(LIMITS);
        head.reset(to);
        if (!complete(head, message) || head.status() == 101) {
            return false;
        }
        Framing framing = Persistence.framingForClient(request, head);
        boolean keep = Persistence.keepClient(request, head, true);
        new ResponseWriter("gate").write(head, framing, keep, Heads.DATE, out.clear());
        byte[] written = written();
        Outcome sent = reader(answers, UPSTREAMS_LIMITS, to).read(written);

        assertThat(sent.refused()).as(sent.start()).isZero();
        assertThat(sent.headBytes()).isEqualTo(written.length);
        assertThat(sent.start()).isEqualTo("HTTP/1.1 " + head.status());
        assertThat(sent.framing()).isEqualTo(framing);
        assertThat(endToEnd(sent.fields())).isEqualTo(endToEnd(fieldsOf(head)));
        if (!head.interim()) {
            assertThat(sent.keepAlive()).isEqualTo(keep);
            assertThat(hopByHop(sent.fields()))
                    .contains("[hop] Connection: " + (keep ? "keep-alive" : "close"))
                    .hasSize(framing == Framing.CHUNKED ? 2 : 1);
        }
        return true;
    }

    private static MessageReader reader(
            Map<Method, MessageReader> readers, HeadLimits limits, Method to) {
        return readers.computeIfAbsent(to, method -> MessageReader.ofResponses(limits, method));
    }

    private static boolean complete(Head head, byte[] message) {
        try {
            return head.parse(ByteBuffer.wrap(message));
        } catch (HttpViolation e) {
            return false;
        }
    }

    private byte[] written() {
        byte[] written = new byte[out.position()];
        out.get(0, written);
        return written;
    }

    private static List<String> fieldsOf(Head head) {
        List<String> fields = new ArrayList<>();
        for (int field = 0; field < head.fields().count(); field++) {
            String line = head.fields().line(field);
            String name = line.substring(0, line.indexOf(':'));
            String hop = head.fields().hopByHop(field) ? "[hop] " : "";
            fields.add(hop + name + ": " + head.fields().value(field));
        }
        return fields;
    }

    private static String startOfForwarded(RequestHead head) {
        ByteBuffer target = ByteBuffer.allocate(LIMITS.targetBytes() + 1);
        head.copyTargetTo(target);
        String host = head.hasHost() ? head.host() : "gate.example";
        String forwards = head.maxForwards() < 0 ? "" : " forwards " + (head.maxForwards() - 1);
        return head.methodText()
                + " "
                + Ascii.text(target, 0, target.position())
                + (" HTTP/1.1 for " + host + (head.maxForwards() > 0 ? forwards : ""))
                + (head.acceptsTrailers() ? " +trailers" : "");
    }

    private static String hostOf(RequestHead head) {
        ByteBuffer host = ByteBuffer.allocate(300);
        head.copyHostTo(host);
        return head.hasHost() ? Ascii.text(host, 0, host.position()) : "gate.example";
    }

    private static List<String> hopByHopOfForwarded(RequestHead head) {
        List<String> expected = new ArrayList<>();
        if (head.acceptsTrailers()) {
            expected.add("[hop] TE: trailers");
            expected.add("[hop] Connection: TE");
        }
        if (head.framing() == Framing.CHUNKED) {
            expected.add("[hop] Transfer-Encoding: chunked");
        }
        return expected;
    }

    private static List<String> hopByHop(List<String> fields) {
        return fields.stream().filter(field -> field.startsWith("[hop]")).toList();
    }

    private static List<String> endToEnd(List<String> fields) {
        return fields.stream()
                .filter(field -> !field.startsWith("[hop]"))
                .filter(field -> !WRITTEN_BY_THE_GATE.contains(name(field)))
                .toList();
    }

    private static String name(String field) {
        return field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT);
    }
}
