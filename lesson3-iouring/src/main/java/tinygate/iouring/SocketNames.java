package tinygate.iouring;

/**
 * How an entry names a socket: by its descriptor ({@link #descriptors}); or, in lesson 4, by its
 * place in a table in which the kernel has looked the descriptor up beforehand.
 */
public interface SocketNames extends AutoCloseable {

    /** A socket has come, and entries about it will follow. */
    void opened(int slot, int fd);

    /** Names the socket in an entry. */
    void name(SubmissionEntry entry, int slot, int fd);

    /** Nothing of the socket is in flight any more, and it will be closed. */
    void closing(int slot, int fd);

    /** No socket is left, and the kernel has taken all entries. */
    @Override
    void close();

    /** Names sockets by their descriptors. */
    static SocketNames descriptors() {
        return new SocketNames() {
            @Override
            public void opened(int slot, int fd) {}

            @Override
            public void name(SubmissionEntry entry, int slot, int fd) {
                entry.fd(fd);
            }

            @Override
            public void closing(int slot, int fd) {}

            @Override
            public void close() {}
        };
    }
}
