package tinygate.iouring;

/**
 * A row of the {@link Preflight}: one thing that io_uring needs, and whether it is there. Public
 * for lesson 4, which needs more.
 *
 * @param subject what was looked at
 * @param found what is there
 * @param needed what has to be
 * @param cause why the verdict is not {@link Verdict#OK}, as a sentence; else empty
 * @param cure what to do about it, as a sentence; else empty
 */
public record Finding(
        String subject, String found, String needed, Verdict verdict, String cause, String cure) {

    /** What a finding means for the gates. */
    public enum Verdict {
        OK("ok"),
        /** They start, and come to a limit soon. */
        LOW("low"),
        /** They start, and do without it; a setting that asks for it is refused. */
        NOT_HERE("not here"),
        /** They cannot start. */
        MISSING("MISSING"),
        /** Something missing above left nothing to ask with. */
        UNKNOWN("not asked");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public static Finding ok(String subject, String found, String needed) {
        return new Finding(subject, found, needed, Verdict.OK, "", "");
    }

    public static Finding low(
            String subject, String found, String needed, String cause, String cure) {
        return new Finding(subject, found, needed, Verdict.LOW, cause, cure);
    }

    public static Finding missing(
            String subject, String found, String needed, String cause, String cure) {
        return new Finding(subject, found, needed, Verdict.MISSING, cause, cure);
    }

    /**
     * @param asked whether the settings ask for it, so that it is missing
     */
    public static Finding notHere(
            boolean asked, String subject, String found, String needed, String cause, String cure) {
        Verdict verdict = asked ? Verdict.MISSING : Verdict.NOT_HERE;
        return new Finding(subject, found, needed, verdict, cause, cure);
    }

    static Finding unknown(String subject, String needed) {
        return new Finding(subject, "", needed, Verdict.UNKNOWN, "", "");
    }

    boolean isMissing() {
        return verdict == Verdict.MISSING;
    }

    /** The row as sentences: what was found, why that is not enough, and what to do. */
    String explanation() {
        return subject + " (" + found + "): " + cause + ". Cure: " + cure + ".";
    }
}
