package tinygate;

/** Why a gate cannot start; the message is one line that names the cause and the cure. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    StartException(ExitCode exitCode, String message) {
        super(message.replaceAll("\\p{Cntrl}", "?")); // one line, whatever stood in the file
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
