package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private final Linux linux = new Linux();

    @Test
    void memoryIsZeroInNativeOrderAndBeginsOnAPage() throws LinuxException {
        try (NativeMemory memory = NativeMemory.allocate(linux, 10_000)) {
            assertThat(memory.address() % 4096).isZero();
            assertThat(memory.size()).isEqualTo(10_000);
            assertThat(memory.buffer().capacity()).isEqualTo(10_000);
            assertThat(memory.buffer().order()).isEqualTo(ByteOrder.nativeOrder());
            byte[] all = new byte[10_000];
            memory.buffer().get(0, all);
            assertThat(all).containsOnly(0);
        }
    }

    @Test
    void whatJavaWritesTheKernelReadsAtTheAddress() throws LinuxException {
        try (NativeMemory memory = NativeMemory.allocate(linux, 100)) {
            memory.buffer().put(40, new byte[] {'h', 'i', 0});

            int fd = memfd(memory.address() + 40);
            long pages = 3 * 4096;
            assertThat(linux.syscall(ftruncate(), fd, pages, 0, 0, 0, 0)).isZero();
            try (NativeMemory one = NativeMemory.share(linux, fd, 4096, 4096);
                    NativeMemory other = NativeMemory.share(linux, fd, 0, 3 * 4096)) {
                one.buffer().putInt(4, 0x01020304);
                assertThat(other.buffer().getInt(4096 + 4)).isEqualTo(0x01020304);
            }
            assertThat(linux.close(fd)).isZero();
        }
    }

    @Test
    void memoryIsUnmappedOnceAndRefusedAfterwards() throws LinuxException {
        NativeMemory memory = NativeMemory.allocate(linux, 100);
        long before = linux.calls();

        memory.close();
        memory.close();

        assertThat(linux.calls() - before).isEqualTo(1);
        assertThatIllegalStateException()
                .isThrownBy(memory::buffer)
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(memory::address);
    }

    @Test
    void memoryThatADescriptorDoesNotHaveIsAnError() {
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> NativeMemory.share(linux, -1, 0, 4096))
                .withMessageStartingWith("mmap of 4096 bytes failed with EBADF (9)");
    }

    /** A file in memory: memfd_create(2), whose name is read at the address. */
    private int memfd(long nameAddress) {
        int number = Machine.current() == Machine.X86_64 ? 319 : 279;
        return (int) linux.syscall(number, nameAddress, 0, 0, 0, 0, 0);
    }

    private static int ftruncate() {
        return Machine.current() == Machine.X86_64 ? 77 : 46;
    }
}
