import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The smallest program with JNA's direct mapping: one call that succeeds, one that fails. */
class JnaHello {
    // tag::binding[]
    static {
        Native.register(JnaHello.class, NativeLibrary.getProcess());
    }

    static native int getppid();

    static native int close(int fd);

    // end::binding[]

    public static void main(String[] args) {
        // tag::calls[]
        System.out.println("my parent is process " + getppid());
        int result = close(-1);
        System.out.println("close(-1) answered " + result + ", errno " + Native.getLastError());
        System.out.println("getppid worked: " + (getppid() > 0));
        System.out.println("errno is still " + Native.getLastError());
        // end::calls[]
    }
}
