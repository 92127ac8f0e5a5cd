package tinygate;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a TinyGate process ends: the one list of its exit codes, printed by {@code --help}. */
enum ExitCode {
    OK(0, "stopped by SIGTERM or SIGINT and drained, or nothing was wrong"),
    FAILED(1, "an unexpected error"),
    USAGE(2, "wrong options or settings"),
    ADDRESS_IN_USE(3, "another program listens on the address"),
    PRIVILEGED_PORT(4, "this user may not listen on the port"),
    CANNOT_BIND(5, "the address cannot be listened on for another reason"),
    UNREADABLE_FILE(6, "the settings file cannot be read"),
    UNSUPPORTED(7, "the engine does not run on this machine"),
    SECOND_SIGNAL(8, "a second SIGTERM or SIGINT cut the draining short");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** The list as {@code --help} prints it. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            meanings.put(" " + code.number, code.meaning);
        }
        return meanings;
    }
}
