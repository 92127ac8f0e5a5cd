package tinygate.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.loop.RequestAllocation;

/** What a request costs in memory: system calls, events, buffers and timers allocate nothing. */
class EpollAllocationTest {
    private static final int MOST_BYTES = 512; // for HTTP and the exchange; the I/O is to need none

    @Test
    @Timeout(120)
    void aRequestOnKeptConnectionsAllocatesLittle() throws IOException {
        assertThat(RequestAllocation.bytesPerRequest(EpollGate::new, 100_000))
                .isLessThan(MOST_BYTES);
    }
}
