package tinygate;

/**
 * Whether this machine has what a lesson's engines need: asked by the command line's {@code
 * --preflight} before anything starts. Lessons that run wherever a JDK runs need none.
 */
public interface Readiness {

    /** Whether nothing is missing. */
    boolean ok();

    /** What was found, what is needed and how to get what is missing: text of some lines. */
    String table();
}
