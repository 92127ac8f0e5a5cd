package tinygate.relay;

/**
 * What becomes of a {@link Transaction} when the protocol was switched (RFC 9110, section 7.8):
 * bytes go both ways unread. Each side's end is passed on to the other, so that both may end in
 * their own time.
 */
final class Tunnel {
    private Exchange exchange;
    private boolean upstreamDeaf; // whether the upstream takes no more bytes

    void begin(Exchange exchange, boolean upstreamDeaf) {
        this.exchange = exchange;
        this.upstreamDeaf = upstreamDeaf;
    }

    void relay() {
        exchange.fromUpstream.relayRaw();
        if (upstreamDeaf) {
            exchange.fromClient.discard();
            if (exchange.fromUpstream.ended()) {
                upstreamBroke();
            }
        } else {
            exchange.fromClient.relayRaw();
            passEndsOn();
        }
    }

    private void passEndsOn() {
        Driver driver = exchange.driver;
        boolean clientEnded = exchange.fromClient.ended();
        boolean upstreamEnded = exchange.fromUpstream.ended();
        if (clientEnded) {
            driver.finish(Side.UPSTREAM);
        }
        if (upstreamEnded) {
            driver.finish(Side.CLIENT);
        }
        if (clientEnded
                && upstreamEnded
                && driver.unsent(Side.CLIENT) == 0
                && driver.unsent(Side.UPSTREAM) == 0) {
            exchange.abandon();
        }
    }

    /** The upstream may still say something. */
    void upstreamTakesNoMore() {
        upstreamDeaf = true;
    }

    /** The upstream is gone; what it said before still goes to the client. */
    void upstreamBroke() {
        exchange.closeUpstream();
        exchange.transactionEnded(false, false);
    }
}
