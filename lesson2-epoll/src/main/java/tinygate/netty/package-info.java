/**
 * The proxy on Netty: a production framework does the I/O and drives the same {@link
 * tinygate.relay.Exchange} as the epoll loop written by hand.
 *
 * <p>Reading order: {@link tinygate.netty.NettyGate} (accepts), {@link tinygate.netty.Connection}
 * (one channel, its bytes in and out), {@link tinygate.netty.NettyDriver} (two connections and
 * their exchange).
 */
package tinygate.netty;
