package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_ACCEPT_MULTISHOT;
import static tinygate.iouring.IoUringConstants.IORING_OP_ACCEPT;
import static tinygate.iouring.IoUringConstants.IORING_OP_ASYNC_CANCEL;
import static tinygate.iouring.IoUringConstants.IORING_OP_CLOSE;
import static tinygate.iouring.IoUringConstants.IORING_OP_CONNECT;
import static tinygate.iouring.IoUringConstants.IORING_OP_FILES_UPDATE;
import static tinygate.iouring.IoUringConstants.IORING_OP_NOP;
import static tinygate.iouring.IoUringConstants.IORING_OP_POLL_ADD;
import static tinygate.iouring.IoUringConstants.IORING_OP_RECV;
import static tinygate.iouring.IoUringConstants.IORING_OP_SEND;
import static tinygate.iouring.IoUringConstants.IORING_OP_SEND_ZC;
import static tinygate.iouring.IoUringConstants.IORING_POLL_ADD_MULTI;
import static tinygate.iouring.IoUringConstants.IORING_RECVSEND_FIXED_BUF;
import static tinygate.iouring.IoUringConstants.IORING_RECVSEND_POLL_FIRST;
import static tinygate.iouring.IoUringConstants.IORING_RECV_MULTISHOT;
import static tinygate.iouring.IoUringConstants.IORING_SEND_ZC_REPORT_USAGE;
import static tinygate.iouring.IoUringConstants.IOSQE_BUFFER_SELECT;
import static tinygate.iouring.IoUringConstants.IOSQE_FIXED_FILE;
import static tinygate.iouring.IoUringConstants.IOSQE_IO_LINK;

import java.nio.ByteBuffer;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;

// tag::layout[]
/**
 * One system call, written down instead of made ({@code struct io_uring_sqe}): a view that moves
 * over the entries of a {@link SubmissionQueue} and allocates nothing.
 *
 * <pre>
 *    0      1      2         4           8               16              24          28          32
 *    +------+------+---------+-----------+---------------+---------------+-----------+-----------+
 *    |opcode|flags | ioprio  | fd        | off           | addr          | len       | op flags  |
 *    +------+------+---------+-----------+---------------+---------------+-----------+-----------+
 *    32              40       42         44          48                                          64
 *    +---------------+--------+----------+-----------+-------------------------------------------+
 *    | user data     | group  | 0        | 0         | 0                                         |
 *    +---------------+--------+----------+-----------+-------------------------------------------+
 * </pre>
 *
 * <p>A method for each operation says what is to be done; then come the descriptor ({@link #fd} or
 * {@link #registered}) and the {@link #userData}. What each operation does, and its errors, are
 * those of the system call of that name, see io_uring_enter(2). Where its arguments stand:
 *
 * <pre>
 *   ACCEPT         op flags: SOCK_...    ioprio: ACCEPT_MULTISHOT
 *   CONNECT        addr: of the address  off: its length
 *   RECV, SEND     addr, len: the bytes  op flags: MSG_...
 *   RECV, again    flags: BUFFER_SELECT  group         ioprio: RECV_MULTISHOT, POLL_FIRST
 *   registered memory                    group: its number   ioprio: RECVSEND_FIXED_BUF
 *   POLL_ADD       op flags: POLL...     len: POLL_ADD_MULTI
 *   ASYNC_CANCEL   addr: the user data of the other    fd: -1
 * </pre>
 */
public final class SubmissionEntry {
    // end::layout[]
    private final NativeMemory entries;
    private int at; // where the entry begins, in bytes

    SubmissionEntry(NativeMemory entries) {
        this.entries = entries;
    }

    static int size() {
        return 64;
    }

    // tag::ex-3-1[]
    /** Moves to an entry, which becomes all zero: fields that are not used must be. */
    SubmissionEntry moveTo(int index) {
        at = index * size();
        ByteBuffer buffer = entries.buffer();
        for (int i = 0; i < size(); i += Long.BYTES) {
            buffer.putLong(at + i, 0);
        }
        return this;
    }

    // The fields

    private SubmissionEntry opcode(int opcode) {
        entries.buffer().put(at, (byte) opcode);
        return this;
    }

    /** Sets IOSQE_… beside those that are set. */
    private SubmissionEntry addFlags(int flags) {
        entries.buffer().put(at + 1, (byte) (entries.buffer().get(at + 1) | flags));
        return this;
    }

    private SubmissionEntry ioprio(int ioprio) {
        entries.buffer().putShort(at + 2, (short) ioprio);
        return this;
    }

    private SubmissionEntry addIoprio(int flags) {
        return ioprio(entries.buffer().getShort(at + 2) | flags);
    }

    /** The descriptor the operation is about. */
    public SubmissionEntry fd(int fd) {
        entries.buffer().putInt(at + 4, fd);
        return this;
    }

    private SubmissionEntry offset(long offset) {
        entries.buffer().putLong(at + 8, offset);
        return this;
    }

    private SubmissionEntry address(long address) {
        entries.buffer().putLong(at + 16, address);
        return this;
    }

    private SubmissionEntry length(int length) {
        entries.buffer().putInt(at + 24, length);
        return this;
    }

    private SubmissionEntry operationFlags(int flags) {
        entries.buffer().putInt(at + 28, flags);
        return this;
    }

    /** What each completion of the operation will carry; see {@link UserData}. */
    public SubmissionEntry userData(long userData) {
        entries.buffer().putLong(at + 32, userData);
        return this;
    }

    private SubmissionEntry group(int group) {
        entries.buffer().putShort(at + 40, (short) group);
        return this;
    }

    /** The registered file the operation is about, instead of a descriptor. */
    public SubmissionEntry registered(int index) {
        return fd(index).addFlags(IOSQE_FIXED_FILE);
    }

    /** The operation's memory lies in this registered buffer, which the kernel knows already. */
    public SubmissionEntry registeredBuffer(int index) {
        return group(index).addIoprio(IORING_RECVSEND_FIXED_BUF);
    }

    /** The next entry begins only if this one succeeds; both must be submitted together. */
    public SubmissionEntry linked() {
        return addFlags(IOSQE_IO_LINK);
    }

    // end::ex-3-1[]

    // The operations

    /** Completes with 0 at once. */
    public SubmissionEntry nop() {
        return opcode(IORING_OP_NOP);
    }

    // tag::ex-3-1[]
    /**
     * Accepts again and again; each completion is a new descriptor. The peers' addresses are not
     * told: one place for them would be overwritten by the next.
     *
     * @param socketFlags SOCK_CLOEXEC and the like, of the new sockets
     */
    public SubmissionEntry acceptMultishot(int socketFlags) {
        return opcode(IORING_OP_ACCEPT).ioprio(IORING_ACCEPT_MULTISHOT).operationFlags(socketFlags);
    }

    /**
     * Receives again and again, each time into a buffer that the kernel picks.
     *
     * @param group of the {@link BufferRing}
     * @param pollFirst whether nothing will have arrived yet, so that trying at once is for nothing
     */
    public SubmissionEntry receiveMultishot(int group, boolean pollFirst) {
        return opcode(IORING_OP_RECV)
                .addFlags(IOSQE_BUFFER_SELECT)
                .ioprio(IORING_RECV_MULTISHOT | (pollFirst ? IORING_RECVSEND_POLL_FIRST : 0))
                .group(group);
    }

    // end::ex-3-1[]

    /** Receives once, into a buffer that the kernel picks from this group. */
    public SubmissionEntry receive(int group) {
        return opcode(IORING_OP_RECV).addFlags(IOSQE_BUFFER_SELECT).group(group);
    }

    /** Receives once, into this memory, which belongs to the kernel until the completion. */
    public SubmissionEntry receive(long address, int length, int messageFlags) {
        return opcode(IORING_OP_RECV).address(address).length(length).operationFlags(messageFlags);
    }

    /** Sends bytes, which belong to the kernel until the completion says how many were sent. */
    public SubmissionEntry send(long address, int length, int messageFlags) {
        return opcode(IORING_OP_SEND).address(address).length(length).operationFlags(messageFlags);
    }

    /**
     * As {@link #send}, without copying the bytes (6.0). It completes twice: with the number of
     * bytes or -errno, and again when nobody needs the memory any more; only then it is Java's
     * again. Where no second completion follows, the first has no {@link CompletionQueue#more}.
     */
    public SubmissionEntry sendZeroCopy(long address, int length, int messageFlags) {
        return send(address, length, messageFlags).opcode(IORING_OP_SEND_ZC);
    }

    /** The result of the second completion is negative if the bytes were copied after all (6.2). */
    public SubmissionEntry reportingCopies() {
        return addIoprio(IORING_SEND_ZC_REPORT_USAGE);
    }

    // tag::ex-3-1[]
    /** Connects; the address is read when the entry is submitted, not when it is written. */
    public SubmissionEntry connect(SockAddr to) {
        return opcode(IORING_OP_CONNECT).address(to.address()).offset(to.length());
    }

    // end::ex-3-1[]

    /** Completes once, with those of these events (POLLHUP and the like) that have begun. */
    public SubmissionEntry poll(int events) {
        return opcode(IORING_OP_POLL_ADD).operationFlags(events);
    }

    /** Completes each time one of these events (POLLIN and the like) begins. */
    public SubmissionEntry pollMultishot(int events) {
        return opcode(IORING_OP_POLL_ADD).length(IORING_POLL_ADD_MULTI).operationFlags(events);
    }

    // tag::ex-3-1[]
    /**
     * Cancels the operation that was submitted with this user data. It completes with -ECANCELED or
     * -EINTR, with what was done so far, or as if nothing had been said; the cancelling completes
     * with 0, with -ENOENT if there is no such operation, or none that can be found just now, or
     * with -EALREADY if it is running just now, and may end or not.
     */
    public SubmissionEntry cancel(long userDataOfOther) {
        return opcode(IORING_OP_ASYNC_CANCEL).fd(-1).address(userDataOfOther);
    }

    // end::ex-3-1[]

    /**
     * Puts descriptors into the ring's table of registered files; -1 empties a place. They are read
     * when the kernel takes the entry, not when it is written. Completes with their number.
     *
     * @param index the first place that changes
     * @param descriptors the address of so many {@code int}s
     */
    public SubmissionEntry updateFiles(int index, long descriptors, int count) {
        return opcode(IORING_OP_FILES_UPDATE).offset(index).address(descriptors).length(count);
    }

    /** Closes the descriptor. */
    public SubmissionEntry close() {
        return opcode(IORING_OP_CLOSE);
    }
}
