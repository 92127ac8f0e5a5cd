package tinygate.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tinygate.linux.Linux;

class NativeChunksTest {

    /** The kernel maps no piece of no bytes, as it maps none at all when it has none left. */
    @Test
    void whereTheKernelRefusesMemoryThereIsNone() {
        try (NativeChunks chunks = new NativeChunks(new Linux(), 0)) {
            assertThatThrownBy(chunks::take).isInstanceOf(OutOfMemoryError.class);
            assertThat(chunks.available()).isFalse();
            assertThat(chunks.lent()).isZero();
        }
    }
}
