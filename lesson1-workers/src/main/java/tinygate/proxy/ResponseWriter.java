package tinygate.proxy;

import java.nio.ByteBuffer;
import tinygate.http.Ascii;
import tinygate.http.FieldName;
import tinygate.http.Fields;
import tinygate.http.Framing;
import tinygate.http.ResponseHead;

/**
 * Writes a response's head as the client is sent it: in HTTP/1.1, without the fields of the
 * upstream's hop (RFC 9110, section 7.6.1), with Via (section 7.6.3), Date (section 6.6.1) and the
 * framing that the client understands (RFC 9112, section 6.1).
 */
public final class ResponseWriter {
    private final String via;

    /**
     * @param via the name the gate gives itself
     */
    public ResponseWriter(String via) {
        this.via = via;
    }

    /**
     * @param framing as {@link Persistence#framingForClient} says
     * @param keepAlive as {@link Persistence#keepClient} says
     * @param date the value for Date, if the upstream sent none
     */
    public void write(
            ResponseHead response,
            Framing framing,
            boolean keepAlive,
            String date,
            ByteBuffer out) {
        Fields fields = response.fields();
        Ascii.write(out, "HTTP/1.1 ");
        response.copyStatusTo(out);
        Ascii.endLine(out);
        for (int field = 0; field < fields.count(); field++) {
            FieldName name = fields.name(field);
            if (!fields.hopByHop(field)
                    && name != FieldName.CONTENT_LENGTH
                    && name != FieldName.VIA) {
                fields.copyTo(out, field);
            }
        }
        RequestWriter.writeVia(response, via, out);
        if (!response.interim()) {
            writeFinal(response, framing, keepAlive, date, out);
        }
        Ascii.endLine(out);
    }

    private static void writeFinal(
            ResponseHead response,
            Framing framing,
            boolean keepAlive,
            String date,
            ByteBuffer out) {
        Fields fields = response.fields();
        int dateField = fields.find(FieldName.DATE, 0);
        if (dateField < 0 || fields.hopByHop(dateField)) {
            FieldName.DATE.write(out, date);
        }
        if (response.status() == 101) {
            fields.copyAllTo(out, FieldName.UPGRADE);
            FieldName.CONNECTION.write(out, "upgrade");
            return;
        }
        switch (framing.kind()) {
            case LENGTH -> FieldName.CONTENT_LENGTH.write(out, framing.length());
            case CHUNKED -> FieldName.TRANSFER_ENCODING.write(out, "chunked");
            case NONE -> {
                // After HEAD and in a 304 it tells of a body that is not sent; a 204 has none to
                // tell of (RFC 9110, section 8.6).
                if (response.status() != 204) {
                    fields.copyAllTo(out, FieldName.CONTENT_LENGTH);
                }
            }
            case UNTIL_CLOSE -> {}
        }
        // Said even where it is the default: a client in HTTP/1.0 must be told.
        FieldName.CONNECTION.write(out, keepAlive ? "keep-alive" : "close");
    }
}
