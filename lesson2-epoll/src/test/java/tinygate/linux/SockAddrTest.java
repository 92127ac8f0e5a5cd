package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SockAddrTest {
    private static final int OFFSET = 36;

    private NativeMemory memory;
    private SockAddr address;

    @BeforeEach
    void allocate() throws LinuxException {
        memory = NativeMemory.allocate(new Linux(), 100);
        address = new SockAddr(memory, OFFSET);
    }

    @AfterEach
    void free() {
        memory.close();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 80, 16, 2",
        "255.254.253.252, 65535, 16, 2",
        "0.0.0.0, 0, 16, 2",
        "::1, 8080, 28, 10",
        "2001:db8:1:2:f3f4:f5f6:f7f8:fffe, 40000, 28, 10"
    })
    void anAddressComesBackAsItWasWritten(String ip, int port, int length, int family)
            throws Exception {
        InetSocketAddress original = new InetSocketAddress(InetAddress.getByName(ip), port);

        address.set(original);

        assertThat(address.get()).isEqualTo(original);
        assertThat(address.length()).isEqualTo(length);
        assertThat(address.family()).isEqualTo(family);
    }

    @Test
    void anIpv4AddressIsWrittenInNetworkByteOrder() throws Exception {
        address.set(new InetSocketAddress("10.20.30.40", 0x1F90));

        byte[] bytes = new byte[6];
        memory.buffer().get(OFFSET + 2, bytes);
        assertThat(bytes).containsExactly(0x1F, 0x90, 10, 20, 30, 40);
        assertThat(address.address()).isEqualTo(memory.address() + OFFSET);
        assertThat(address.lengthAddress()).isEqualTo(memory.address() + OFFSET + 28);
    }

    @Test
    void nothingOfAnEarlierAddressRemains() throws Exception {
        address.set(new InetSocketAddress("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65535));
        address.set(new InetSocketAddress("1.2.3.4", 5));

        byte[] unused = new byte[8];
        memory.buffer().get(OFFSET + 8, unused);
        assertThat(unused).containsOnly(0);
    }

    @Test
    void aScopeOfALinkLocalAddressIsKept() throws Exception {
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
        InetSocketAddress scoped =
                new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 7), 80);

        address.set(scoped);

        assertThat(((Inet6Address) address.get().getAddress()).getScopeId()).isEqualTo(7);
        assertThat(address.get()).isEqualTo(scoped);
    }

    @Test
    void anIpv4PeerOfAnIpv6SocketIsPlainIpv4() throws Exception {
        address.set(new InetSocketAddress("::1", 80));
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        memory.buffer().put(OFFSET + 8, mapped);

        assertThat(address.get()).isEqualTo(new InetSocketAddress("127.0.0.1", 80));
    }

    @Test
    void aNameThatWasNotResolvedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> address.set(InetSocketAddress.createUnresolved("no.example", 80)))
                .withMessageContaining("'no.example'");
    }

    @Test
    void anotherFamilyIsRefused() {
        memory.buffer().putShort(OFFSET, (short) 1);

        assertThatIllegalStateException()
                .isThrownBy(address::get)
                .withMessageContaining("family 1 ");
    }

    @Test
    void anAddressIsNotReadAfterItsMemoryWasClosed() {
        memory.close();

        assertThatIllegalStateException().isThrownBy(address::get);
        assertThatIllegalStateException().isThrownBy(address::address);
    }
}
