package tinygate.iouring;

import java.util.List;
import tinygate.linux.Errno;

/** Facts about machines that are not here: one that has all, with what a test takes away. */
final class Facts {
    private String obstacle;
    private String release = "6.1.0-40-amd64";
    private int disabled = -1;
    private int seccompFilters;
    private int setup;
    private int register;
    private List<Capability> missing = List.of();
    private long openFiles = 1 << 20;
    private long lockedBytes = Long.MAX_VALUE;

    private Facts() {}

    static Facts fit() {
        return new Facts();
    }

    Facts obstacle(String obstacle) {
        this.obstacle = obstacle;
        return this;
    }

    Facts release(String release) {
        this.release = release;
        return this;
    }

    Facts disabled(int disabled) {
        this.disabled = disabled;
        return this;
    }

    Facts seccompFilters(int seccompFilters) {
        this.seccompFilters = seccompFilters;
        return this;
    }

    Facts setup(Errno error) {
        setup = -error.number();
        return this;
    }

    Facts register(Errno error) {
        register = -error.number();
        return this;
    }

    Facts missing(Capability... missing) {
        this.missing = List.of(missing);
        return this;
    }

    Facts openFiles(long openFiles) {
        this.openFiles = openFiles;
        return this;
    }

    Facts lockedBytes(long lockedBytes) {
        this.lockedBytes = lockedBytes;
        return this;
    }

    KernelFacts build() {
        return new KernelFacts(
                obstacle,
                release,
                disabled,
                seccompFilters,
                setup,
                0,
                register,
                missing,
                openFiles,
                lockedBytes);
    }
}
