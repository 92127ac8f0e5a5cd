package tinygate.classroom.race;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tinygate.classroom.ChildProcess;
import tinygate.classroom.GateProcess;

/**
 * Starts a program all of whose system calls are dearer: a filter looks at their arguments before
 * each, as those of containers and browsers do, and allows them all (seccomp(2)).
 *
 * <pre>
 *   java DearCalls cost               prints by how many nanoseconds
 *   java DearCalls run PROGRAM ...    becomes that program, with the same process id
 * </pre>
 */
final class DearCalls {
    private static final int COMPARISONS = 1_000;
    private static final int CALLS = 100_000;
    private static final int ATTEMPTS = 20;
    private static final int LIMIT_SECONDS = 60;

    private static final int PR_SET_SECCOMP = 22;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int SECCOMP_MODE_FILTER = 2;
    private static final int SECCOMP_RET_ALLOW = 0x7fff0000;

    // One instruction (struct sock_filter): code, where to jump if true and if false, operand.
    private static final int INSTRUCTION_BYTES = 8;
    private static final short LOAD_WORD = 0x20;
    private static final short JUMP_IF_EQUAL = 0x15;
    private static final short RETURN = 0x06;

    /** The first argument in struct seccomp_data; a filter without arguments would be cached. */
    private static final int FIRST_ARGUMENT = 16;

    private DearCalls() {}

    /** The C library, by JNA's direct mapping. */
    private static final class C {
        static {
            Native.register(C.class, "c");
        }

        static native int prctl(int option, long a2, long a3, long a4, long a5);

        static native int execvp(String path, Pointer arguments);

        static native int getppid();
    }

    /** The beginning of the command line of a program that shall run so. */
    static List<String> launcher() {
        List<String> command = new ArrayList<>(GateProcess.java(DearCalls.class.getName()));
        command.add("run");
        return command;
    }

    /**
     * By how much a call becomes dearer, in nanoseconds.
     *
     * @param launcher the beginning of the command line of the process that tries it
     * @throws IOException if the kernel refuses the filter
     */
    static int measure(List<String> launcher) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(GateProcess.java(DearCalls.class.getName()));
        command.add("cost");
        try (ChildProcess child = ChildProcess.start(command, line -> {})) {
            int code = child.ended().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (code != 0) {
                throw new IOException("no filter for system calls:\n" + child.output());
            }
            return lastNumber(child.output());
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the cost of a system call was not measured in time", e);
        }
    }

    /** A JVM may say something of its own first, as one with JAVA_TOOL_OPTIONS does. */
    private static int lastNumber(String output) throws IOException {
        String last = output.strip().replaceAll("(?s).*\n", "");
        if (!last.matches("-?\\d{1,9}")) {
            throw new IOException("the cost of a system call is no number:\n" + output);
        }
        return Integer.parseInt(last);
    }

    public static void main(String[] args) {
        if (args[0].equals("cost")) {
            long plain = nanosPerCall();
            filter();
            System.out.println(nanosPerCall() - plain);
            return;
        }
        filter();
        String[] command = Arrays.copyOfRange(args, 1, args.length);
        C.execvp(command[0], new StringArray(command));
        throw new IllegalStateException(
                "cannot become " + command[0] + ": error " + Native.getLastError());
    }

    private static void filter() {
        // The memory must live until the call has copied it, and does: it is used after.
        try (Memory program = program();
                Memory header = new Memory(2L * Native.POINTER_SIZE)) {
            header.setShort(0, (short) (program.size() / INSTRUCTION_BYTES));
            header.setPointer(Native.POINTER_SIZE, program);
            long address = Pointer.nativeValue(header);
            if (C.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
                    || C.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, address, 0, 0) != 0) {
                throw new IllegalStateException(
                        "the kernel refuses the filter: error " + Native.getLastError());
            }
        }
    }

    /** Compares the first argument many times, and allows the call whatever it is. */
    private static Memory program() {
        Memory program = new Memory((2L * COMPARISONS + 1) * INSTRUCTION_BYTES);
        for (int i = 0; i < COMPARISONS; i++) {
            put(program, 2 * i, LOAD_WORD, FIRST_ARGUMENT);
            put(program, 2 * i + 1, JUMP_IF_EQUAL, i);
        }
        put(program, 2 * COMPARISONS, RETURN, SECCOMP_RET_ALLOW);
        return program;
    }

    /** Both ways of a jump lead to the next instruction. */
    private static void put(Memory program, int index, short code, int operand) {
        long at = (long) index * INSTRUCTION_BYTES;
        program.setShort(at, code);
        program.setShort(at + 2, (short) 0);
        program.setInt(at + 4, operand);
    }

    /**
     * The thread's own time, in which its neighbours have no part; and the best of several tries,
     * since what disturbs makes it longer, never shorter.
     */
    private static long nanosPerCall() {
        ThreadMXBean time = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long start = time.getCurrentThreadCpuTime();
            for (int i = 0; i < CALLS; i++) {
                C.getppid();
            }
            best = Math.min(best, (time.getCurrentThreadCpuTime() - start) / CALLS);
        }
        return best;
    }
}
