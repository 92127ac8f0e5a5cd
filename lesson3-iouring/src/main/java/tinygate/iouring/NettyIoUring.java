package tinygate.iouring;

import io.netty.incubator.channel.uring.IOUring;
import io.netty.incubator.channel.uring.IOUringEventLoop;
import io.netty.incubator.channel.uring.IOUringEventLoopGroup;
import io.netty.incubator.channel.uring.IOUringServerSocketChannel;
import io.netty.incubator.channel.uring.IOUringSocketChannel;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.netty.NettyGate;
import tinygate.netty.Transport;

/**
 * Lesson 2's Netty gate on io_uring: four class names, and how a loop ends, are the whole
 * difference from epoll.
 *
 * <p>The transport is the last release of Netty's incubator for io_uring, for Netty 4.1. The
 * incubator was archived and its code moved into Netty 4.2, where a group is made of an I/O handler
 * instead ({@code new MultiThreadIoEventLoopGroup(IoUringIoHandler.newFactory())}) and the channels
 * are {@code io.netty.channel.uring.IoUringSocketChannel} and so on (the incubator's README, and
 * github.com/netty/netty/pull/14045). The two belong to different major lines of Netty, whose jars
 * must not be mixed.
 *
 * <p>A ring alone is not speed. The incubator calls io_uring_setup with no flags at all ({@code
 * strace -f -e io_uring_setup} shows it): no DEFER_TASKRUN, so the kernel interrupts the loop to
 * complete an operation; no multishot receive, but a poll and then a receive for each piece. It
 * saves system calls and makes up for it with other work.
 *
 * <p>Its event loops end only if nothing is open on them. If a channel is, at the moment the group
 * is shut down, with an operation under way, the loop waits in {@code IOUringEventLoop.cleanup} for
 * good, since the task that would forget the channel is not accepted any more. And a channel closes
 * only when its send has ended, which a peer that reads nothing puts off for ever. So {@link
 * NettyGate} ends such sends by a reset, closes every channel and awaits that before it shuts the
 * loops down, waits for nothing without a limit, and runs the loops on daemon threads. Nor does a
 * loop end that another thread has woken if the read of its eventfd is written down and not handed
 * over just then: {@code cleanup} waits for that read, and hands over nothing. So each loop is shut
 * down by a task of its own, which hands over first.
 */
public final class NettyIoUring {

    static final Transport TRANSPORT =
            new Transport(
                    "io_uring",
                    IOUringEventLoopGroup::new,
                    IOUringServerSocketChannel::new,
                    IOUringSocketChannel::new,
                    loop -> ((IOUringEventLoop) loop).submitIO());

    private NettyIoUring() {}

    /**
     * Lesson 2's {@link NettyGate} on this transport.
     *
     * @throws IllegalArgumentException if the routes cannot be used
     * @throws UnsupportedOperationException if io_uring or Netty's part of it cannot be used here
     */
    public static Gate gate(Settings settings) {
        Preflight.check().require();
        if (!IOUring.isAvailable()) {
            throw new UnsupportedOperationException(
                    "Netty could not load its native library for io_uring: "
                            + IOUring.unavailabilityCause().getMessage(),
                    IOUring.unavailabilityCause());
        }
        return new NettyGate(settings, TRANSPORT);
    }
}
