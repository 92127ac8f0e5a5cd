package tinygate.linux;

import java.util.Locale;

/**
 * The kinds of machine whose system calls this package speaks; asked once, before the first call.
 */
public enum Machine {
    X86_64,
    AARCH64;

    /**
     * The machine this program runs on.
     *
     * @throws UnsupportedOperationException if it is none of these, saying what is needed
     */
    public static Machine current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** The machine that the JDK describes by its properties {@code os.name} and {@code os.arch}. */
    static Machine of(String osName, String osArch) {
        if (osName.equals("Linux")) {
            switch (osArch.toLowerCase(Locale.ROOT)) {
                case "amd64", "x86_64":
                    return X86_64;
                case "aarch64", "arm64":
                    return AARCH64;
                default:
                    break;
            }
        }
        throw new UnsupportedOperationException(
                "epoll and io_uring need Linux on x86-64 or aarch64 with a 64-bit JDK; this is "
                        + osName
                        + " on "
                        + osArch
                        + ". Use a Linux machine, WSL 2 on Windows, or a Linux container; lesson 1"
                        + " runs everywhere.");
    }
}
