package tinygate.iouring;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.Machine;
import tinygate.linux.NativeMemory;

/**
 * A seccomp filter around this whole process, as a container's profile puts one: system calls of
 * some numbers answer an error from now on, for good. See seccomp(2).
 *
 * <pre>
 *   the filter, a BPF program of 8 bytes an instruction: code u16, jt u8, jf u8, k u32
 *     load the call's number, at 0 of struct seccomp_data
 *     for each forbidden number:  jump over the next unless equal
 *                                 return the error
 *     return "allowed"
 *   struct sock_fprog:  0 length u16   8 address of the program
 * </pre>
 */
final class SeccompFilter {
    private static final int PRCTL = 167;
    private static final int PRCTL_ON_X86 = 157;
    private static final int SECCOMP = 277;
    private static final int SECCOMP_ON_X86 = 317;

    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int SET_MODE_FILTER = 1;
    private static final int EVERY_THREAD = 1; // SECCOMP_FILTER_FLAG_TSYNC

    private static final short LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final short JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final short RETURN = 0x06; // BPF_RET | BPF_K
    private static final int ERROR = 0x0005_0000; // SECCOMP_RET_ERRNO
    private static final int ALLOWED = 0x7fff_0000; // SECCOMP_RET_ALLOW
    private static final int PROGRAM = 16;

    private SeccompFilter() {}

    /** From now on these calls answer this error to all threads of the process. */
    static void refuse(Errno errno, int... calls) throws LinuxException {
        boolean x86 = Machine.current() == Machine.X86_64;
        try (NativeMemory memory = NativeMemory.allocate(new Linux(), 4_096)) {
            ByteBuffer buffer = memory.buffer();
            buffer.position(PROGRAM);
            put(buffer, LOAD, 0, 0);
            for (int call : calls) {
                put(buffer, JUMP_IF_EQUAL, 1, call);
                put(buffer, RETURN, 0, ERROR | errno.number());
            }
            put(buffer, RETURN, 0, ALLOWED);
            buffer.putShort(0, (short) (2 + 2 * calls.length));
            buffer.putLong(8, memory.address() + PROGRAM);
            call(x86 ? PRCTL_ON_X86 : PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0);
            call(x86 ? SECCOMP_ON_X86 : SECCOMP, SET_MODE_FILTER, EVERY_THREAD, memory.address());
        }
    }

    private static void put(ByteBuffer program, short code, int ifNot, int operand) {
        program.putShort(code).put((byte) 0).put((byte) ifNot).putInt(operand);
    }

    private static void call(long number, long a1, long a2, long a3) {
        Function syscall = NativeLibrary.getProcess().getFunction("syscall");
        if (syscall.invokeLong(new Object[] {number, a1, a2, a3, 0L, 0L}) != 0) {
            throw new IllegalStateException(number + " failed, errno " + Native.getLastError());
        }
    }
}
