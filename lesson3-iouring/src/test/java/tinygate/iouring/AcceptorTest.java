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
    private StillLoop still;
    private Acceptor acceptor;

    @BeforeEach
    void accept() throws IOException {
        still = new StillLoop(4);
        acceptor = new Acceptor(still.loop, new InetSocketAddress("127.0.0.1", 0), 1);
        acceptor.accept();
    }

    @AfterEach
    void close() throws IOException {
        still.close();
    }

    @Test
    void anAcceptThatNoCancelFindsIsCancelledOnceMoreUntilItHasEnded() {
        assertThat(still.operations()).isEqualTo("ACCEPT");
        acceptor.cancelFoundNothing();
        assertThat(still.operations()).as("nobody wants it to end").isEmpty();
        acceptor.close();
        assertThat(still.operations()).isEqualTo("CANCEL");
        acceptor.cancelFoundNothing();
        assertThat(still.operations()).isEqualTo("CANCEL");
        acceptor.completed(-Errno.ECANCELED.number(), false);
        acceptor.cancelFoundNothing();
        assertThat(still.operations()).isEmpty();
    }
}
