package tinygate.linux;

import tinygate.kit.NotDoneYet;

/**
 * The layout of {@code struct epoll_event}: what epoll_ctl(2) is given and epoll_wait(2) answers.
 *
 * <pre>
 *            0         4         8         12        16
 *            +---------+---------+---------+
 *   x86-64   | events  | data              |               packed: 12 bytes
 *            +---------+---------+---------+---------+
 *   others   | events  | (unused)| data              |     16 bytes
 *            +---------+---------+-------------------+
 * </pre>
 *
 * On x86-64 the structure is packed so that programs of 32 and of 64 bits share one layout.
 *
 * @param packed whether the data follow the events at once
 */
public record EpollEvent(boolean packed) {

    /** The layout on a machine. */
    public static EpollEvent of(Machine machine) {
        throw new NotDoneYet("2.1", "EpollEvent.of");
    }

    /** The size of one event in bytes, and the distance from one to the next in an array. */
    public int size() {
        throw new NotDoneYet("2.1", "EpollEvent.size");
    }

    /** Where the event bits are: 32 bits, EPOLLIN and the others. */
    public int offsetOfEvents() {
        throw new NotDoneYet("2.1", "EpollEvent.offsetOfEvents");
    }

    /** Where the data are: 64 bits that mean nothing to the kernel; ours are a token. */
    public int offsetOfData() {
        throw new NotDoneYet("2.1", "EpollEvent.offsetOfData");
    }
}
