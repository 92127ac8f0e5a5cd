package tinygate.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/** Reads a request's head with Netty, as strictly as Netty can be told to. */
final class NettyReader {
    private NettyReader() {}

    /**
     * What a head means, as far as both parsers say it.
     *
     * @param start the request line, or {@code refused} or {@code incomplete}
     * @param why why it was refused
     */
    record Meaning(String start, Framing framing, List<String> fields, String why) {
        static Meaning none(String start, String why) {
            return new Meaning(start, Framing.NONE, List.of(), why);
        }

        boolean refused() {
            return start.equals("refused");
        }

        /** Whether both say the same; for refusals it does not matter why. */
        boolean agrees(Meaning other) {
            return start.equals(other.start)
                    && framing.equals(other.framing)
                    && fields.equals(other.fields);
        }
    }

    static Meaning read(byte[] head) {
        HttpDecoderConfig strict =
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(MessageReader.LIMITS.bytes())
                        .setMaxHeaderSize(MessageReader.LIMITS.bytes())
                        .setValidateHeaders(true)
                        .setAllowDuplicateContentLengths(false)
                        .setStrictLineParsing(true)
                        .setUseRfc9112TransferEncoding(true);
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(strict));
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(head));
            Object first = channel.readInbound();
            Meaning meaning =
                    first == null ? Meaning.none("incomplete", "") : meaning((HttpRequest) first);
            ReferenceCountUtil.release(first);
            return meaning;
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static Meaning meaning(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Meaning.none("refused", request.decoderResult().cause().toString());
        }
        List<String> fields = new ArrayList<>();
        request.headers().forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
        String start = request.method() + " " + request.uri() + " " + request.protocolVersion();
        return new Meaning(start, framing(request), fields, "");
    }

    private static Framing framing(HttpRequest request) {
        if (HttpUtil.isTransferEncodingChunked(request)) {
            return Framing.CHUNKED;
        }
        long length = HttpUtil.getContentLength(request, -1L);
        return length < 0 ? Framing.NONE : Framing.length(length);
    }
}
