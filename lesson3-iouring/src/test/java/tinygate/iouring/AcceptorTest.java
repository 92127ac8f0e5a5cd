package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.linux.Errno;

@Timeout(60)
@NeedsIoUring
class AcceptorTest {
    private StandingLoop standing;
    private Acceptor acceptor;

    @BeforeEach
    void accept() throws IOException {
        standing = new StandingLoop();
        acceptor = new Acceptor(standing.loop, new InetSocketAddress("127.0.0.1", 0), 1);
        acceptor.accept();
    }

    @AfterEach
    void close() {
        standing.close();
    }

    @Test
    void anAcceptThatNoCancelFindsIsCancelledOnceMoreUntilItHasEnded() {
        int before = standing.written();
        acceptor.cancelFoundNothing();
        assertThat(standing.written()).as("nobody wants it to end").isEqualTo(before);
        acceptor.close();
        assertThat(standing.written()).isEqualTo(before + 1);
        acceptor.cancelFoundNothing();
        assertThat(standing.written()).isEqualTo(before + 2);
        acceptor.completed(-Errno.ECANCELED.number(), false);
        acceptor.cancelFoundNothing();
        assertThat(standing.written()).isEqualTo(before + 2);
    }
}
