package tinygate.iouring;

/**
 * The words through which Java and the kernel tell each other how far they are: heads, tails and
 * flags in memory that both have mapped. How a word is read or written is a promise about all the
 * memory around it, so each way has a name of its own:
 *
 * <pre>
 *   this side                                  the kernel
 *   writes an entry
 *   setRelease(tail)  ---- what is written --> reads the tail, then the entry
 *                          before is seen
 *   getAcquire(tail) &lt;---- what it wrote ----- writes a completion, then the tail
 *   reads the completion   before is seen
 * </pre>
 *
 * <p>x86 keeps these promises even for plain accesses, aarch64 does not, and on both the compiler
 * may move plain ones: a mistake here may work for a year.
 */
// tag::words[]
interface SharedWords {

    /** A word that only this side writes, so that no order matters. */
    int get(int offset);

    /** A word that the kernel writes; what it wrote before is seen from now on. */
    int getAcquire(int offset);

    /** Writes a word for the kernel; what was written before is seen by who reads it. */
    void setRelease(int offset, int value);

    /** As {@link #setRelease(int, int)}, of 16 bits. */
    void setRelease16(int offset, short value);
}
// end::words[]
