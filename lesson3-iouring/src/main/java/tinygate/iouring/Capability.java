package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_FEAT_EXT_ARG;
import static tinygate.iouring.IoUringConstants.IORING_FEAT_FAST_POLL;
import static tinygate.iouring.IoUringConstants.IORING_FEAT_NODROP;
import static tinygate.iouring.IoUringConstants.IORING_FEAT_SINGLE_MMAP;
import static tinygate.iouring.IoUringConstants.IORING_FEAT_SUBMIT_STABLE;
import static tinygate.iouring.IoUringConstants.IORING_OP_ACCEPT;
import static tinygate.iouring.IoUringConstants.IORING_OP_ASYNC_CANCEL;
import static tinygate.iouring.IoUringConstants.IORING_OP_CLOSE;
import static tinygate.iouring.IoUringConstants.IORING_OP_CONNECT;
import static tinygate.iouring.IoUringConstants.IORING_OP_POLL_ADD;
import static tinygate.iouring.IoUringConstants.IORING_OP_RECV;
import static tinygate.iouring.IoUringConstants.IORING_OP_SEND;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_CQSIZE;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SINGLE_ISSUER;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SUBMIT_ALL;

import java.util.List;

/**
 * Something that the rings of this course ask of the kernel, and may be refused: what a {@link
 * KernelProbe} tries. All of it is in Linux 6.1, but a kernel can be patched, and what looks like
 * one can be something else, such as gVisor.
 *
 * @param name as in {@code linux/io_uring.h}, without the prefix
 * @param number its bit or its number there
 * @param since the Linux version that brought it
 */
record Capability(String name, int number, String since) {

    /** {@code IORING_SETUP_…}: how a ring is made. */
    static final List<Capability> SETUP_FLAGS =
            List.of(
                    new Capability("CQSIZE", IORING_SETUP_CQSIZE, "5.5"),
                    new Capability("SUBMIT_ALL", IORING_SETUP_SUBMIT_ALL, "5.18"),
                    new Capability("SINGLE_ISSUER", IORING_SETUP_SINGLE_ISSUER, "6.0"),
                    new Capability("DEFER_TASKRUN", IORING_SETUP_DEFER_TASKRUN, "6.1"));

    /** {@code IORING_FEAT_…}: what the kernel tells of its rings. */
    static final List<Capability> FEATURES =
            List.of(
                    new Capability("SINGLE_MMAP", IORING_FEAT_SINGLE_MMAP, "5.4"),
                    new Capability("NODROP", IORING_FEAT_NODROP, "5.5"),
                    new Capability("SUBMIT_STABLE", IORING_FEAT_SUBMIT_STABLE, "5.5"),
                    new Capability("FAST_POLL", IORING_FEAT_FAST_POLL, "5.7"),
                    new Capability("EXT_ARG", IORING_FEAT_EXT_ARG, "5.11"));

    /** {@code IORING_OP_…}: what can be submitted. */
    static final List<Capability> OPERATIONS =
            List.of(
                    new Capability("POLL_ADD", IORING_OP_POLL_ADD, "5.1"),
                    new Capability("ACCEPT", IORING_OP_ACCEPT, "5.5"),
                    new Capability("ASYNC_CANCEL", IORING_OP_ASYNC_CANCEL, "5.5"),
                    new Capability("CONNECT", IORING_OP_CONNECT, "5.5"),
                    new Capability("CLOSE", IORING_OP_CLOSE, "5.6"),
                    new Capability("SEND", IORING_OP_SEND, "5.6"),
                    new Capability("RECV", IORING_OP_RECV, "5.6"));

    /** As it is told: {@code DEFER_TASKRUN (6.1)}. */
    @Override
    public String toString() {
        return name + " (" + since + ")";
    }
}
