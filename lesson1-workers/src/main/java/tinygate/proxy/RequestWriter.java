package tinygate.proxy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import tinygate.Settings;
import tinygate.http.Ascii;
import tinygate.http.FieldName;
import tinygate.http.Fields;
import tinygate.http.Head;
import tinygate.http.RequestHead;

/**
 * Writes a request's head as the upstream is sent it: in HTTP/1.1 and origin form, without the
 * fields of the client's hop (RFC 9110, section 7.6.1), with those that tell of the gate and the
 * client: Via (section 7.6.3), X-Forwarded-*, Forwarded (RFC 7239, section 4), and Max-Forwards
 * less one (section 7.6.2). Host (RFC 9112, section 3.2) and framing (section 6.1) are always
 * written anew, so nothing that a client says can change them.
 */
public final class RequestWriter {
    private final Settings.Forwarding forwarding;
    private final String gateHost;
    private final boolean fullDuplex;

    /**
     * @param gateHost the host and port that an HTTP/1.0 request is for, if it does not say
     * @param fullDuplex whether the gate can relay both directions at once; if not, it forwards
     *     neither Expect (it answers 100 itself) nor Upgrade
     */
    public RequestWriter(Settings.Forwarding forwarding, String gateHost, boolean fullDuplex) {
        this.forwarding = forwarding;
        this.gateHost = gateHost;
        this.fullDuplex = fullDuplex;
    }

    /** A client's address as text, without the zone of this machine that IPv6 may carry. */
    public static String clientText(InetAddress client) {
        String text = client.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /**
     * The largest head that any writer of this package makes of one that was accepted with this
     * limit, or of nothing: the host is repeated, and names of the gate and the client are added.
     */
    public static int mostHeadBytes(int headLimit) {
        return headLimit + 2048;
    }

    // tag::write[]
    /**
     * @param client the client's IP address
     */
    public void write(RequestHead request, String client, ByteBuffer out) {
        request.copyMethodTo(out);
        out.put((byte) ' ');
        request.copyTargetTo(out);
        Ascii.write(out, " HTTP/1.1\r\n");
        FieldName.HOST.write(out);
        writeHost(request, out);
        Ascii.endLine(out);
        copyFields(request.fields(), request.maxForwards() >= 0, out);
        writeConnection(request, out);
        writeFraming(request, out);
        writeVia(request, forwarding.via(), out);
        writeClient(request, client, out);
        Ascii.endLine(out);
    }

    // end::write[]

    private void writeHost(RequestHead request, ByteBuffer out) {
        if (request.hasHost()) {
            request.copyHostTo(out);
        } else {
            Ascii.write(out, gateHost);
        }
    }

    private void copyFields(Fields fields, boolean maxForwards, ByteBuffer out) {
        for (int field = 0; field < fields.count(); field++) {
            if (!fields.hopByHop(field) && !written(fields.name(field), maxForwards)) {
                fields.copyTo(out, field);
            }
        }
    }

    /** Whether the gate writes this field itself or leaves it out. */
    private boolean written(FieldName name, boolean maxForwards) {
        if (name == null) {
            return false;
        }
        return switch (name) {
            case HOST, CONTENT_LENGTH, VIA -> true;
            case EXPECT -> !fullDuplex;
            case MAX_FORWARDS -> maxForwards;
            case X_FORWARDED_FOR, X_FORWARDED_PROTO, X_FORWARDED_HOST -> forwarding.xForwarded();
            case FORWARDED -> forwarding.forwarded();
            default -> false;
        };
    }

    /** The fields of the gate's own hop (RFC 9110, sections 7.6.1, 7.8 and 10.1.4). */
    private void writeConnection(RequestHead request, ByteBuffer out) {
        Fields fields = request.fields();
        boolean upgrade = fullDuplex && request.asksForUpgrade();
        boolean trailers = request.acceptsTrailers();
        if (upgrade) {
            fields.copyAllTo(out, FieldName.UPGRADE);
        }
        if (trailers) {
            FieldName.TE.write(out, "trailers");
        }
        if (upgrade || trailers) {
            FieldName.CONNECTION.write(
                    out, upgrade && trailers ? "upgrade, TE" : upgrade ? "upgrade" : "TE");
        }
    }

    private static void writeFraming(RequestHead request, ByteBuffer out) {
        switch (request.framing().kind()) {
            case LENGTH -> FieldName.CONTENT_LENGTH.write(out, request.framing().length());
            case CHUNKED -> FieldName.TRANSFER_ENCODING.write(out, "chunked");
            default -> {}
        }
        if (request.maxForwards() > 0) {
            FieldName.MAX_FORWARDS.write(out, request.maxForwards() - 1);
        }
    }

    // tag::ex-1-4[]
    /**
     * Adds what the upstream is told of the client, each kind only if it is wished, in this order:
     * its address behind those that came in X-Forwarded-For, then X-Forwarded-Proto and
     * X-Forwarded-Host as this gate knows them; and the same in the form of Forwarded (RFC 7239,
     * section 4), where an IPv6 address stands in brackets and quotes, and the host in quotes. The
     * gate speaks http, and the host is that of {@link #writeHost}:
     *
     * <pre>
     *   Forwarded: for="[2001:db8::7]";host="a.test:81";proto=http
     * </pre>
     */
    private void writeClient(RequestHead request, String client, ByteBuffer out) {
        if (forwarding.xForwarded()) {
            appendTo(FieldName.X_FORWARDED_FOR, request.fields(), out);
            Ascii.write(out, client);
            Ascii.endLine(out);
            FieldName.X_FORWARDED_PROTO.write(out, "http");
            FieldName.X_FORWARDED_HOST.write(out);
            writeHost(request, out);
            Ascii.endLine(out);
        }
        if (forwarding.forwarded()) {
            appendTo(FieldName.FORWARDED, request.fields(), out);
            Ascii.write(out, "for=");
            Ascii.write(out, client.indexOf(':') < 0 ? client : "\"[" + client + "]\"");
            Ascii.write(out, ";host=\"");
            writeHost(request, out);
            Ascii.write(out, "\";proto=http\r\n");
        }
    }

    // end::ex-1-4[]

    /** Adds the version that came and the gate's name to Via (RFC 9110, section 7.6.3). */
    static void writeVia(Head head, String name, ByteBuffer out) {
        appendTo(FieldName.VIA, head.fields(), out);
        Ascii.write(out, "1.");
        Ascii.write(out, head.minorVersion());
        Ascii.write(out, " ");
        Ascii.write(out, name);
        Ascii.endLine(out);
    }

    /**
     * Begins a list field with the members that came, so that the caller adds the last one. What
     * would swallow that one, with a quoted string that has no end, is left out.
     */
    static void appendTo(FieldName name, Fields fields, ByteBuffer out) {
        name.write(out);
        for (int f = fields.find(name, 0); f >= 0; f = fields.find(name, f + 1)) {
            if (!fields.hopByHop(f) && !fields.empty(f) && fields.quotesClosed(f)) {
                fields.copyValueTo(out, f);
                Ascii.write(out, ", ");
            }
        }
    }
}
