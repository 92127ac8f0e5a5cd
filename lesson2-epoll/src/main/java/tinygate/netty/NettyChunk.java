package tinygate.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import tinygate.relay.Chunk;

/**
 * A chunk in one of Netty's pooled direct buffers. The chunk owns the buffer's only reference,
 * until the buffer is given back to its pool or handed to Netty, which releases it when it was
 * sent.
 */
final class NettyChunk extends Chunk {
    private final ByteBuf buffer;

    private NettyChunk(ByteBuf buffer) {
        super(buffer.nioBuffer(0, buffer.capacity()));
        this.buffer = buffer;
        lend();
    }

    static NettyChunk empty(ByteBufAllocator allocator, int bytes) {
        return new NettyChunk(allocator.directBuffer(bytes, bytes));
    }

    /** What Netty has read into a buffer of {@link #allocator}. */
    static NettyChunk received(ByteBuf buffer) {
        NettyChunk chunk = new NettyChunk(buffer);
        chunk.bytes().limit(buffer.writerIndex()).position(buffer.readerIndex());
        return chunk;
    }

    /** The buffer, ready to be sent; the chunk must not be used any more. */
    ByteBuf toSend() {
        return buffer.setIndex(bytes().position(), bytes().limit());
    }

    @Override
    protected void recycle() {
        buffer.release();
    }

    /**
     * Makes Netty read into buffers of this size behind the head-room. A read that does not fill
     * its buffer has emptied the socket; one that does is followed by another.
     */
    static RecvByteBufAllocator allocator(int bytes) {
        return new DefaultMaxMessagesRecvByteBufAllocator() {
            @Override
            @SuppressWarnings("deprecation") // Netty 4.1 has no other way to make a handle
            public Handle newHandle() {
                return new MaxMessageHandle() {
                    @Override
                    public int guess() {
                        return bytes;
                    }

                    @Override
                    public ByteBuf allocate(ByteBufAllocator allocator) {
                        return allocator.directBuffer(bytes, bytes).setIndex(HEAD_ROOM, HEAD_ROOM);
                    }
                };
            }
        };
    }
}
