package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A chunk that knows its owner and complains when somebody else disposes of it. */
final class AuditedChunk extends Chunk {
    enum Owner {
        NOBODY,
        DRIVER,
        EXCHANGE
    }

    private static final byte POISON = (byte) 0xee;

    private final ChunkPool pool;
    private final byte[] poison;
    Owner owner = Owner.NOBODY;

    AuditedChunk(ChunkPool pool, int capacity) {
        super(ByteBuffer.allocate(capacity));
        this.pool = pool;
        poison = new byte[capacity];
        Arrays.fill(poison, POISON);
    }

    /** The driver, which owns it, is done with it. */
    void giveBack() {
        assertThat(owner).as("whose chunk the driver releases").isEqualTo(Owner.DRIVER);
        owner = Owner.NOBODY;
        release();
    }

    /** Whoever still reads or writes these bytes shows it: they make no HTTP. */
    @Override
    protected void recycle() {
        assertThat(owner).as("whose chunk the exchange releases").isNotEqualTo(Owner.DRIVER);
        assertThat(next).as("a released chunk is in no queue").isNull();
        owner = Owner.NOBODY;
        bytes().clear().put(poison);
        pool.takeBack(this);
    }
}
