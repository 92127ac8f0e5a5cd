package tinygate.iouring;

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
                    new Capability("CQSIZE", 1 << 3, "5.5"),
                    new Capability("SUBMIT_ALL", 1 << 7, "5.18"),
                    new Capability("SINGLE_ISSUER", 1 << 12, "6.0"),
                    new Capability("DEFER_TASKRUN", 1 << 13, "6.1"));

    /** {@code IORING_FEAT_…}: what the kernel tells of its rings. */
    static final List<Capability> FEATURES =
            List.of(
                    new Capability("SINGLE_MMAP", 1, "5.4"),
                    new Capability("NODROP", 1 << 1, "5.5"),
                    new Capability("SUBMIT_STABLE", 1 << 2, "5.5"),
                    new Capability("FAST_POLL", 1 << 5, "5.7"),
                    new Capability("EXT_ARG", 1 << 8, "5.11"));

    /** {@code IORING_OP_…}: what can be submitted. */
    static final List<Capability> OPERATIONS =
            List.of(
                    new Capability("POLL_ADD", 6, "5.1"),
                    new Capability("ACCEPT", 13, "5.5"),
                    new Capability("ASYNC_CANCEL", 14, "5.5"),
                    new Capability("CONNECT", 16, "5.5"),
                    new Capability("CLOSE", 19, "5.6"),
                    new Capability("SEND", 26, "5.6"),
                    new Capability("RECV", 27, "5.6"));

    /** As it is told: {@code DEFER_TASKRUN (6.1)}. */
    @Override
    public String toString() {
        return name + " (" + since + ")";
    }
}
