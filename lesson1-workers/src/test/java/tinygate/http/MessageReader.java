package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Reads messages as a gate does, head then body, from pieces of any size. Before each new piece it
 * moves what is not yet used to another place, from a heap buffer to a direct one and back, and
 * overwrites the old place: a head that keeps an address instead of an offset is found out.
 */
public final class MessageReader {
    public static final HeadLimits LIMITS = new HeadLimits(16_384, 100, 8_192);
    private static final int ROOM = 64 * 1024;

    private final Head head;
    private final Method requestMethod; // null where requests are read
    private final BodyScanner body;
    private final ByteBuffer heap = ByteBuffer.allocate(ROOM);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(ROOM);
    private ByteBuffer in = heap;

    private Outcome ofHead;
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder runs = new StringBuilder();

    private MessageReader(Head head, Method requestMethod) {
        this.head = head;
        this.requestMethod = requestMethod;
        body = new BodyScanner(head.limits.bytes());
    }

    public static MessageReader ofRequests(HeadLimits limits) {
        return new MessageReader(new RequestHead(limits), null);
    }

    public static MessageReader ofResponses(HeadLimits limits, Method requestMethod) {
        return new MessageReader(new ResponseHead(limits), requestMethod);
    }

    /**
     * Reads the message whole, byte by byte, and in two pieces cut at every place, and checks that
     * the outcome is the same each time. All but the first use one reader, as a connection does.
     */
    public static Outcome everyWay(Supplier<MessageReader> readers, byte[] message) {
        Outcome whole = readers.get().read(message);
        MessageReader used = readers.get();
        assertThat(used.byteByByte(message)).as("byte by byte").isEqualTo(whole);
        for (int cut = 0; cut <= message.length; cut++) {
            assertThat(used.read(message, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        return whole;
    }

    public Outcome byteByByte(byte[] message) {
        return read(message, IntStream.range(0, message.length).toArray());
    }

    /**
     * @param cuts where a piece ends and the next begins, in rising order
     */
    public Outcome read(byte[] message, int... cuts) {
        begin();
        try {
            int from = 0;
            for (int to : cuts) {
                arrive(message, from, to);
                from = to;
            }
            arrive(message, from, message.length);
        } catch (HttpViolation e) {
            return Outcome.refused(e);
        }
        return ofHead == null ? Outcome.headIncomplete() : withBody();
    }

    private void begin() {
        if (requestMethod == null) {
            head.reset();
        } else {
            ((ResponseHead) head).reset(requestMethod);
        }
        in = heap.clear().limit(0);
        ofHead = null;
        content.setLength(0);
        runs.setLength(0);
    }

    private void arrive(byte[] message, int from, int to) throws HttpViolation {
        move(message, from, to);
        if (ofHead == null && head.parse(in)) {
            ofHead = describeHead();
            in.position(in.position() + head.length());
            body.begin(head.framing());
        }
        while (ofHead != null && in.hasRemaining() && !body.done()) {
            int end = body.run(in, in.position(), in.limit());
            while (in.position() < end) {
                char b = (char) (in.get() & 0xff);
                runs.append(body.content() ? '^' : '-');
                if (body.content()) {
                    content.append(b);
                }
            }
        }
    }

    private void move(byte[] message, int from, int to) {
        int place = in.position() == 0 ? 7 : 0;
        ByteBuffer old = in;
        in = (old == heap ? direct : heap).clear().position(place);
        in.put(old).put(message, from, to - from);
        in.flip().position(place);
        for (int i = 0; i < old.limit(); i++) {
            old.put(i, (byte) '!');
        }
    }

    private Outcome withBody() {
        return new Outcome(
                0,
                ofHead.start(),
                ofHead.framing(),
                ofHead.keepAlive(),
                ofHead.fields(),
                ofHead.headBytes(),
                content.toString(),
                runs.toString(),
                body.doneAtClose());
    }

    private Outcome describeHead() {
        String start =
                requestMethod == null
                        ? describe((RequestHead) head)
                        : "HTTP/1." + head.minorVersion() + " " + ((ResponseHead) head).status();
        return new Outcome(
                0, start, head.framing(), head.keepAlive(), fields(), head.length(), "", "", false);
    }

    private static String describe(RequestHead request) {
        String text = request.methodText() + " " + request.target();
        text += " HTTP/1." + request.minorVersion() + " for " + request.host();
        text += request.maxForwards() < 0 ? "" : " forwards " + request.maxForwards();
        text += request.expectsContinue() ? " +continue" : "";
        text += request.asksForUpgrade() ? " +upgrade" : "";
        return text + (request.acceptsTrailers() ? " +trailers" : "");
    }

    private List<String> fields() {
        List<String> all = new ArrayList<>();
        for (int field = 0; field < head.fields().count(); field++) {
            String line = head.fields().line(field);
            String name = line.substring(0, line.indexOf(':'));
            String hop = head.fields().hopByHop(field) ? "[hop] " : "";
            all.add(hop + name + ": " + head.fields().value(field));
        }
        return all;
    }
}
