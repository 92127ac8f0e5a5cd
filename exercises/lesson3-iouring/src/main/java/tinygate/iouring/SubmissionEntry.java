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
import tinygate.kit.NotDoneYet;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;

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
    private final NativeMemory entries;
    private int at; // where the entry begins, in bytes

    SubmissionEntry(NativeMemory entries) {
        this.entries = entries;
    }

    static int size() {
        return 64;
    }

    /** Moves to an entry, which becomes all zero: fields that are not used must be. */
    SubmissionEntry moveTo(int index) {
        throw new NotDoneYet("3.1", "SubmissionEntry.moveTo");
    }

    // The fields

    private SubmissionEntry opcode(int opcode) {
        throw new NotDoneYet("3.1", "SubmissionEntry.opcode");
    }

    /** Sets IOSQE_… beside those that are set. */
    private SubmissionEntry addFlags(int flags) {
        throw new NotDoneYet("3.1", "SubmissionEntry.addFlags");
    }

    private SubmissionEntry ioprio(int ioprio) {
        throw new NotDoneYet("3.1", "SubmissionEntry.ioprio");
    }

    private SubmissionEntry addIoprio(int flags) {
        throw new NotDoneYet("3.1", "SubmissionEntry.addIoprio");
    }

    /** The descriptor the operation is about. */
    public SubmissionEntry fd(int fd) {
        throw new NotDoneYet("3.1", "SubmissionEntry.fd");
    }

    private SubmissionEntry offset(long offset) {
        throw new NotDoneYet("3.1", "SubmissionEntry.offset");
    }

    private SubmissionEntry address(long address) {
        throw new NotDoneYet("3.1", "SubmissionEntry.address");
    }

    private SubmissionEntry length(int length) {
        throw new NotDoneYet("3.1", "SubmissionEntry.length");
    }

    private SubmissionEntry operationFlags(int flags) {
        throw new NotDoneYet("3.1", "SubmissionEntry.operationFlags");
    }

    /** What each completion of the operation will carry; see {@link UserData}. */
    public SubmissionEntry userData(long userData) {
        throw new NotDoneYet("3.1", "SubmissionEntry.userData");
    }

    private SubmissionEntry group(int group) {
        throw new NotDoneYet("3.1", "SubmissionEntry.group");
    }

    /** The registered file the operation is about, instead of a descriptor. */
    public SubmissionEntry registered(int index) {
        throw new NotDoneYet("3.1", "SubmissionEntry.registered");
    }

    /** The operation's memory lies in this registered buffer, which the kernel knows already. */
    public SubmissionEntry registeredBuffer(int index) {
        throw new NotDoneYet("3.1", "SubmissionEntry.registeredBuffer");
    }

    /** The next entry begins only if this one succeeds; both must be submitted together. */
    public SubmissionEntry linked() {
        throw new NotDoneYet("3.1", "SubmissionEntry.linked");
    }

    // The operations

    /** Completes with 0 at once. */
    public SubmissionEntry nop() {
        return opcode(IORING_OP_NOP);
    }

    /**
     * Accepts again and again; each completion is a new descriptor. The peers' addresses are not
     * told: one place for them would be overwritten by the next.
     *
     * @param socketFlags SOCK_CLOEXEC and the like, of the new sockets
     */
    public SubmissionEntry acceptMultishot(int socketFlags) {
        throw new NotDoneYet("3.1", "SubmissionEntry.acceptMultishot");
    }

    /**
     * Receives again and again, each time into a buffer that the kernel picks.
     *
     * @param group of the {@link BufferRing}
     * @param pollFirst whether nothing will have arrived yet, so that trying at once is for nothing
     */
    public SubmissionEntry receiveMultishot(int group, boolean pollFirst) {
        throw new NotDoneYet("3.1", "SubmissionEntry.receiveMultishot");
    }

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

    /** Connects; the address is read when the entry is submitted, not when it is written. */
    public SubmissionEntry connect(SockAddr to) {
        throw new NotDoneYet("3.1", "SubmissionEntry.connect");
    }

    /** Completes once, with those of these events (POLLHUP and the like) that have begun. */
    public SubmissionEntry poll(int events) {
        return opcode(IORING_OP_POLL_ADD).operationFlags(events);
    }

    /** Completes each time one of these events (POLLIN and the like) begins. */
    public SubmissionEntry pollMultishot(int events) {
        return opcode(IORING_OP_POLL_ADD).length(IORING_POLL_ADD_MULTI).operationFlags(events);
    }

    /**
     * Cancels the operation that was submitted with this user data. It completes with -ECANCELED or
     * -EINTR, with what was done so far, or as if nothing had been said; the cancelling completes
     * with 0, with -ENOENT if there is no such operation, or none that can be found just now, or
     * with -EALREADY if it is running just now, and may end or not.
     */
    public SubmissionEntry cancel(long userDataOfOther) {
        throw new NotDoneYet("3.1", "SubmissionEntry.cancel");
    }

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
