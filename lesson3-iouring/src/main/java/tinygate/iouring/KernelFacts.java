package tinygate.iouring;

import java.util.List;

/**
 * What a {@link KernelProbe} found out about one machine; {@link Preflight} judges it.
 *
 * @param obstacle why no system call can be made at all, or null: then all else is unknown too
 * @param release the kernel's own version, as {@code uname -r} prints it
 * @param disabled the sysctl kernel.io_uring_disabled: 0, 1 or 2; -1 where it is not there, as
 *     before Linux 6.6
 * @param seccompFilters how many seccomp filters stand between this process and the kernel
 * @param setup what io_uring_setup answers to an ordinary wish: 0, or {@code -errno}
 * @param enter as {@code setup}, of io_uring_enter
 * @param register as {@code setup}, of io_uring_register
 * @param missing what the kernel does not have; empty if there is no ring to ask with
 * @param openFiles how many descriptors this process may have (RLIMIT_NOFILE)
 * @param lockedBytes how much memory it may lock (RLIMIT_MEMLOCK), or {@link Long#MAX_VALUE}
 */
record KernelFacts(
        String obstacle,
        String release,
        int disabled,
        int seccompFilters,
        int setup,
        int enter,
        int register,
        List<Capability> missing,
        long openFiles,
        long lockedBytes) {

    /** Of a machine on which not even the question can be asked. */
    static KernelFacts unknown(String obstacle) {
        return new KernelFacts(obstacle, "", -1, 0, 0, 0, 0, List.of(), 0, 0);
    }
}
