package tinygate.iouring;

// tag::bits[]
/**
 * What a submission entry carries and each of its completions brings back: which operation it was,
 * and for whom.
 *
 * <pre>
 *   63        56 55                          32 31                                  0
 *   +-----------+------------------------------+------------------------------------+
 *   | operation |          generation          |                slot                |
 *   +-----------+------------------------------+------------------------------------+
 *                 the token of tinygate.loop.Slots
 * </pre>
 *
 * <p>Never a bare descriptor: the kernel gives the number of a closed one to the next connection,
 * and a completion of the past would be taken for one of the present. A slot is used again too, but
 * with another generation.
 */
public final class UserData {
    // end::bits[]
    private UserData() {}

    // tag::ex-3-4[]
    /**
     * What an entry carries.
     *
     * @param token of 56 bits: generation and slot
     */
    public static long of(Operation operation, long token) {
        return (long) operation.ordinal() << 56 | token;
    }

    /** Which operation the completion with this user data is one of. */
    public static Operation operation(long userData) {
        return Operation.of((int) (userData >>> 56));
    }

    /** For whom it was: generation and slot. */
    public static long token(long userData) {
        return userData & (1L << 56) - 1;
    }

    // end::ex-3-4[]
}
