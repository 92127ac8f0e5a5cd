package tinygate.iouring;

import tinygate.kit.NotDoneYet;

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
    private UserData() {}

    /**
     * What an entry carries.
     *
     * @param token of 56 bits: generation and slot
     */
    public static long of(Operation operation, long token) {
        throw new NotDoneYet("3.4", "UserData.of");
    }

    /** Which operation the completion with this user data is one of. */
    public static Operation operation(long userData) {
        throw new NotDoneYet("3.4", "UserData.operation");
    }

    /** For whom it was: generation and slot. */
    public static long token(long userData) {
        throw new NotDoneYet("3.4", "UserData.token");
    }
}
