package tinygate.proxy;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import tinygate.Settings.Forwarding;
import tinygate.http.Ascii;
import tinygate.http.HttpViolation;
import tinygate.http.MessageReader;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;

/** Heads from and to text blocks, in which every line ends as on the wire. */
final class Heads {
    static final Forwarding NOTHING_ADDED = new Forwarding("gate", false, false);
    static final Forwarding ALL_ADDED = new Forwarding("gate", true, true);
    static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

    private Heads() {}

    static String wire(String lines) {
        return lines.replace("\n", "\r\n");
    }

    static RequestHead request(String lines) {
        RequestHead head = new RequestHead(MessageReader.LIMITS);
        try {
            if (head.parse(ByteBuffer.wrap(Ascii.bytes(wire(lines))))) {
                return head;
            }
        } catch (HttpViolation e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("the head is incomplete: " + lines);
    }

    static ResponseHead response(Method requestMethod, String lines) {
        ResponseHead head = new ResponseHead(MessageReader.LIMITS);
        head.reset(requestMethod);
        try {
            if (head.parse(ByteBuffer.wrap(Ascii.bytes(wire(lines))))) {
                return head;
            }
        } catch (HttpViolation e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("the head is incomplete: " + lines);
    }

    static String written(Consumer<ByteBuffer> writer) {
        ByteBuffer out = ByteBuffer.allocate(64 * 1024);
        writer.accept(out);
        return Ascii.text(out, 0, out.position());
    }
}
