package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_REGISTER_FILES2;
import static tinygate.iouring.IoUringConstants.IORING_RSRC_REGISTER_SPARSE;

import java.util.function.Supplier;
import tinygate.iouring.Operation;
import tinygate.iouring.Ring;
import tinygate.iouring.SocketNames;
import tinygate.iouring.SubmissionEntry;
import tinygate.iouring.UserData;
import tinygate.kit.NotDoneYet;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * Names sockets by their places in a table of the ring, in which the kernel keeps what a descriptor
 * stands for; else it looks that up, and counts one user more and one less, for each operation. A
 * socket's place is its slot in the loop:
 *
 * <pre>
 *                       0       1       2       3            places
 *                   +-------+-------+-------+-------+- - - -+
 *   ours, by number |   9   |  -1   |  14   |  -1   |       |    written by Java at once
 *                   +-------+-------+-------+-------+- - - -+
 *                       | FILES_UPDATE of one place, an entry like any other
 *                       v
 *                   +-------+-------+-------+-------+- - - -+
 *   the kernel's    |socket |       |socket |       |       |    entries with FIXED_FILE look here
 *                   +-------+-------+-------+-------+- - - -+
 * </pre>
 *
 * <p>So a change takes no system call, and those who use the place stand behind it in the queue.
 * The kernel reads our number when it comes to the entry; if the place has been given to another
 * socket by then, it puts that one there, which is right too. A place must be emptied before its
 * descriptor is closed: the table is a user of the socket, which would stay open, and send no FIN.
 *
 * <p>If there are more sockets than places, the rest are named by their descriptors. See
 * io_uring_register(2); a table that is empty at first: Linux 5.19.
 */
final class RegisteredFiles implements SocketNames {
    private static final int NOTHING = -1;
    private static final int REGISTRATION = 32; // bytes

    private final int places;
    private final Supplier<SubmissionEntry> entries;
    private final NativeMemory descriptors;

    /**
     * @param places at most RLIMIT_NOFILE
     * @param entries gives the next entry that is free
     * @throws LinuxException if the kernel refuses the table
     */
    RegisteredFiles(Linux linux, Ring ring, int places, Supplier<SubmissionEntry> entries)
            throws LinuxException {
        this.places = places;
        this.entries = entries;
        register(linux, ring, places);
        descriptors = NativeMemory.allocate(linux, places * Integer.BYTES);
    }

    /** By a {@code struct io_uring_rsrc_register}: how many, flags, and zeroes. */
    private static void register(Linux linux, Ring ring, int places) throws LinuxException {
        try (NativeMemory memory = NativeMemory.allocate(linux, REGISTRATION)) {
            memory.buffer().putInt(0, places).putInt(4, IORING_RSRC_REGISTER_SPARSE);
            int result = ring.register(IORING_REGISTER_FILES2, memory.address(), REGISTRATION);
            if (Errno.EMFILE.is(result)) {
                throw new LinuxException(
                        "io_uring_register",
                        "FILES2",
                        result,
                        "a table of "
                                + places
                                + " files is larger than the number of files this process may open",
                        "raise the limit (ulimit -n), or set poller.registeredFiles to false");
            }
            LinuxException.check("io_uring_register", "FILES2", result);
        }
    }

    /** Puts the socket at its place, if there is one for it. */
    @Override
    public void opened(int slot, int fd) {
        throw new NotDoneYet("4.4", "RegisteredFiles.opened");
    }

    /** By its place if it has one, else by its descriptor. */
    @Override
    public void name(SubmissionEntry entry, int slot, int fd) {
        throw new NotDoneYet("4.4", "RegisteredFiles.name");
    }

    /** Empties its place, if it has one. */
    @Override
    public void closing(int slot, int fd) {
        throw new NotDoneYet("4.4", "RegisteredFiles.closing");
    }

    /**
     * Writes the number down where this place has its own, and an entry by which the kernel puts it
     * into its table, with the user data of {@link Operation#REGISTER} and token 0; neither if
     * there is no such place.
     *
     * @param fd a descriptor, or {@link #NOTHING}
     */
    private void put(int slot, int fd) {
        throw new NotDoneYet("4.4", "RegisteredFiles.put");
    }

    @Override
    public void close() {
        descriptors.close();
    }
}
