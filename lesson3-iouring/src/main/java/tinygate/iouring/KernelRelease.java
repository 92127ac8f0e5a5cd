package tinygate.iouring;

/**
 * The version of a kernel, of which what it can do depends; the {@link Preflight} asks for it.
 *
 * @param major as the 6 of 6.18
 * @param minor as the 18 of 6.18
 */
public record KernelRelease(int major, int minor) {

    /** The running kernel's. */
    public static KernelRelease running() {
        return of(System.getProperty("os.version"));
    }

    /**
     * @param release as {@code uname -r} prints it: 6.1.0-40-amd64
     */
    static KernelRelease of(String release) {
        String[] numbers = release.split("[^0-9]+", 3);
        boolean whole = numbers.length > 1 && !numbers[1].isEmpty();
        return new KernelRelease(
                Integer.parseInt(numbers[0]), whole ? Integer.parseInt(numbers[1]) : 0);
    }

    /** As in 6.18. */
    @Override
    public String toString() {
        return major + "." + minor;
    }

    public boolean atLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || major == otherMajor && minor >= otherMinor;
    }
}
