package tinygate.iouring;

/**
 * The constants of {@code linux/io_uring.h} that the ring needs, under the header's names; their
 * values are the same on every kind of machine. A header can be older than the kernel, so they are
 * written down here and compared with the header by a test.
 */
public final class IoUringConstants {
    private IoUringConstants() {}

    // Operations of a submission entry
    public static final int IORING_OP_NOP = 0;
    public static final int IORING_OP_POLL_ADD = 6;
    public static final int IORING_OP_ACCEPT = 13;
    public static final int IORING_OP_ASYNC_CANCEL = 14;
    public static final int IORING_OP_CONNECT = 16;
    public static final int IORING_OP_CLOSE = 19;
    public static final int IORING_OP_FILES_UPDATE = 20;
    public static final int IORING_OP_SEND = 26;
    public static final int IORING_OP_RECV = 27;
    public static final int IORING_OP_SEND_ZC = 47;

    // Flags of a submission entry

    /** The descriptor is a place in the ring's table of registered files. */
    public static final int IOSQE_FIXED_FILE = 1;

    /** The next entry waits for this one, and is cancelled if it fails. */
    public static final int IOSQE_IO_LINK = 1 << 2;

    /** The kernel picks a provided buffer when there is something to put into it. */
    public static final int IOSQE_BUFFER_SELECT = 1 << 5;

    // What an operation is told in the entry's ioprio field, or (poll) in its length
    public static final int IORING_ACCEPT_MULTISHOT = 1;

    /** Waits for the socket first, instead of trying to receive at once. */
    public static final int IORING_RECVSEND_POLL_FIRST = 1;

    public static final int IORING_RECV_MULTISHOT = 1 << 1;

    /** The memory lies in a registered buffer. */
    public static final int IORING_RECVSEND_FIXED_BUF = 1 << 2;

    /** The notification of a send without a copy tells whether there was one after all (6.2). */
    public static final int IORING_SEND_ZC_REPORT_USAGE = 1 << 3;

    public static final int IORING_POLL_ADD_MULTI = 1;

    // Flags of a completion

    /** The upper 16 bits of the flags are a provided buffer's number. */
    public static final int IORING_CQE_F_BUFFER = 1;

    /** The operation goes on, and more completions of it will come. */
    public static final int IORING_CQE_F_MORE = 1 << 1;

    public static final int IORING_CQE_BUFFER_SHIFT = 16;

    // Flags of io_uring_setup

    /** A thread of the kernel fetches submissions by itself: lesson 4. */
    public static final int IORING_SETUP_SQPOLL = 1 << 1;

    /** That thread runs on a given processor. */
    public static final int IORING_SETUP_SQ_AFF = 1 << 2;

    /** The completion queue's size is given; else it is twice the submission queue's. */
    public static final int IORING_SETUP_CQSIZE = 1 << 3;

    /** That thread is another ring's, which this one shares. */
    public static final int IORING_SETUP_ATTACH_WQ = 1 << 5;

    /** The ring does nothing until it is enabled, by the thread that will use it. */
    public static final int IORING_SETUP_R_DISABLED = 1 << 6;

    /** An entry that is refused does not keep the others from being submitted (5.18). */
    public static final int IORING_SETUP_SUBMIT_ALL = 1 << 7;

    /** What completes an operation does not interrupt the thread (5.19). */
    public static final int IORING_SETUP_COOP_TASKRUN = 1 << 8;

    /** The thread is told that there is something to be done for it (5.19). */
    public static final int IORING_SETUP_TASKRUN_FLAG = 1 << 9;

    /** One thread alone submits (6.0). */
    public static final int IORING_SETUP_SINGLE_ISSUER = 1 << 12;

    /** What completes an operation is done when that thread waits, not whenever it likes (6.1). */
    public static final int IORING_SETUP_DEFER_TASKRUN = 1 << 13;

    /** The submission queue has no array of indexes between its tail and its entries (6.6). */
    public static final int IORING_SETUP_NO_SQARRAY = 1 << 16;

    // What a kernel says it can do, in io_uring_params

    /** Both queues' words and the completions lie in one mapping (5.4). */
    public static final int IORING_FEAT_SINGLE_MMAP = 1;

    /** Completions that do not fit are kept and not dropped (5.5). */
    public static final int IORING_FEAT_NODROP = 1 << 1;

    /** What an entry points to may change as soon as it was submitted (5.5). */
    public static final int IORING_FEAT_SUBMIT_STABLE = 1 << 2;

    /** Sockets that are not ready are polled, without a thread of the kernel for each (5.7). */
    public static final int IORING_FEAT_FAST_POLL = 1 << 5;

    /** A wait takes a timeout (5.11). */
    public static final int IORING_FEAT_EXT_ARG = 1 << 8;

    // Flags of io_uring_enter
    public static final int IORING_ENTER_GETEVENTS = 1;

    /** Wakes the thread that fetches submissions. */
    public static final int IORING_ENTER_SQ_WAKEUP = 1 << 1;

    /** Waits until that thread has made room in a full queue. */
    public static final int IORING_ENTER_SQ_WAIT = 1 << 2;

    /** The argument is an {@code io_uring_getevents_arg}. */
    public static final int IORING_ENTER_EXT_ARG = 1 << 3;

    /** The ring's descriptor is a place in the thread's table of registered rings. */
    public static final int IORING_ENTER_REGISTERED_RING = 1 << 4;

    // Bits of the submission queue's flags, which the kernel sets

    /** The thread that fetches submissions sleeps, and must be woken. */
    public static final int IORING_SQ_NEED_WAKEUP = 1;

    /** Completions did not fit; they come when the ring is entered with GETEVENTS. */
    public static final int IORING_SQ_CQ_OVERFLOW = 1 << 1;

    // Operations of io_uring_register
    public static final int IORING_REGISTER_BUFFERS = 0;
    public static final int IORING_REGISTER_PROBE = 8;
    public static final int IORING_REGISTER_ENABLE_RINGS = 12;
    public static final int IORING_REGISTER_FILES2 = 13;
    public static final int IORING_REGISTER_RING_FDS = 20;
    public static final int IORING_UNREGISTER_RING_FDS = 21;
    public static final int IORING_REGISTER_PBUF_RING = 22;
    public static final int IORING_UNREGISTER_PBUF_RING = 23;

    /** A table of registered files is empty at first (5.19). */
    public static final int IORING_RSRC_REGISTER_SPARSE = 1;

    // Where the ring's descriptor is mapped
    public static final int IORING_OFF_SQ_RING = 0;
    public static final int IORING_OFF_SQES = 0x10000000;
}
