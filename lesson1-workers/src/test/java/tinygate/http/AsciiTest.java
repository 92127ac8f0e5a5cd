package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AsciiTest {
    private static final int ROOM = 40;

    /** The sought byte, its neighbours and those that differ in one bit, at every place. */
    @Test
    void aByteIsFoundWhereItIsFirst() {
        byte[] likely = {'\n', '\n' - 1, '\n' + 1, '\n' | (byte) 0x80, 0, (byte) 0xff, 'x'};
        Random random = new Random(1);
        ByteBuffer bytes = ByteBuffer.allocateDirect(ROOM);
        for (int round = 0; round < 20_000; round++) {
            for (int i = 0; i < ROOM; i++) {
                bytes.put(i, likely[random.nextInt(likely.length)]);
            }
            int to = random.nextInt(ROOM + 1);
            int from = random.nextInt(to + 1);
            int first = from;
            while (first < to && bytes.get(first) != '\n') {
                first++;
            }
            assertThat(Ascii.indexOf(bytes, '\n', from, to)).isEqualTo(first);
        }
    }
}
