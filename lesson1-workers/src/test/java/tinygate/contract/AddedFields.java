package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.Settings;

/** Rule H8: what the gate tells the upstream about the client, and both about itself. */
interface AddedFields extends TestedGate {

    @Test
    @Tag("H8")
    default void viaIsAddedToARequest(Bench bench) throws IOException {
        assertThat(bench.forwarded(Bench.GET).field("Via")).isEqualTo("1.1 tinygate");
    }

    @Test
    @Tag("H8")
    default void viaIsAppendedToThatOfEarlierProxies(Bench bench) throws IOException {
        String request = head("GET / HTTP/1.1", "Host: a.test", "Via: 1.1 first");
        assertThat(bench.forwarded(request).field("Via")).isEqualTo("1.1 first, 1.1 tinygate");
    }

    @Test
    @Tag("H8")
    default void viaTellsTheVersionInWhichAMessageWasReceived(Bench bench) throws IOException {
        // RFC 9110, section 7.6.3.
        assertThat(bench.forwarded(head("GET / HTTP/1.0", "Host: a.test")).field("Via"))
                .isEqualTo("1.0 tinygate");
        assertThat(bench.relayed(head("HTTP/1.0 200 OK", "Content-Length: 0")).field("Via"))
                .isEqualTo("1.0 tinygate");
    }

    @Test
    @Tag("H8")
    default void viaIsAppendedToAResponse(Bench bench) throws IOException {
        Message response =
                bench.relayed(head("HTTP/1.1 200 OK", "Content-Length: 0", "Via: 1.1 origin"));
        assertThat(response.field("Via")).isEqualTo("1.1 origin, 1.1 tinygate");
    }

    @Test
    @Tag("H8")
    default void theNameInViaIsTheOneThatWasSet(Bench bench) throws IOException {
        bench.settings(s -> s.withForwarding(new Settings.Forwarding("edge-7", true, false)));
        assertThat(bench.forwarded(Bench.GET).field("Via")).isEqualTo("1.1 edge-7");
    }

    @Test
    @Tag("H8")
    default void xForwardedTellsTheClientTheProtocolAndTheHost(Bench bench) throws IOException {
        Message forwarded = bench.forwarded(head("GET / HTTP/1.1", "Host: a.test:81"));
        assertThat(forwarded.values("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(forwarded.values("X-Forwarded-Proto")).containsExactly("http");
        assertThat(forwarded.values("X-Forwarded-Host")).containsExactly("a.test:81");
    }

    @Test
    @Tag("H8")
    default void xForwardedForIsAppendedAndTheOthersAreReplaced(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(
                        head(
                                "GET / HTTP/1.1",
                                "Host: a.test",
                                "X-Forwarded-For: 192.0.2.1",
                                "X-Forwarded-For: 192.0.2.2",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: forged.test"));
        assertThat(forwarded.values("X-Forwarded-For"))
                .containsExactly("192.0.2.1, 192.0.2.2, 127.0.0.1");
        assertThat(forwarded.values("X-Forwarded-Proto")).containsExactly("http");
        assertThat(forwarded.values("X-Forwarded-Host")).containsExactly("a.test");
    }

    @Test
    @Tag("H8")
    default void connectionCannotBeUsedToRemoveWhatTheGateAdds(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(
                        head(
                                "GET / HTTP/1.1",
                                "Host: a.test",
                                "Connection: X-Forwarded-For, Via, X-Forwarded-Host"));
        assertThat(forwarded.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(forwarded.field("X-Forwarded-Host")).isEqualTo("a.test");
        assertThat(forwarded.field("Via")).isEqualTo("1.1 tinygate");
    }

    @Test
    @Tag("H8")
    default void xForwardedIsNotAddedWhereItIsOff(Bench bench) throws IOException {
        bench.settings(s -> s.withForwarding(new Settings.Forwarding("tinygate", false, false)));
        assertThat(bench.forwarded(Bench.GET).fields())
                .noneMatch(field -> field.name().toLowerCase().startsWith("x-forwarded-"));
    }

    @Test
    @Tag("H8")
    default void forwardedIsAddedWhereItIsOn(Bench bench) throws IOException {
        bench.settings(s -> s.withForwarding(new Settings.Forwarding("tinygate", false, true)));
        String forwarded =
                bench.forwarded(head("GET / HTTP/1.1", "Host: a.test:81")).field("Forwarded");
        assertThat(forwarded.toLowerCase().replace(" ", "").split(";"))
                .contains("for=127.0.0.1", "proto=http", "host=\"a.test:81\"");
    }

    @Test
    @Tag("H8")
    default void forwardedIsAppendedToThatOfEarlierProxies(Bench bench) throws IOException {
        bench.settings(s -> s.withForwarding(new Settings.Forwarding("tinygate", false, true)));
        String request = head("GET / HTTP/1.1", "Host: a.test", "Forwarded: for=\"[2001:db8::1]\"");
        assertThat(bench.forwarded(request).field("Forwarded"))
                .startsWith("for=\"[2001:db8::1]\", ")
                .contains("127.0.0.1");
    }

    @Test
    @Tag("H8")
    default void aDateIsAddedToAResponseThatLacksIt(Bench bench) throws IOException {
        String date = bench.relayed(head("HTTP/1.1 200 OK", "Content-Length: 0")).field("Date");
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
                .isBetween(java.time.Instant.now().minusSeconds(60), java.time.Instant.now());
    }

    @Test
    @Tag("H8")
    default void aDateOfTheUpstreamIsKept(Bench bench) throws IOException {
        String date = "Sun, 06 Nov 1994 08:49:37 GMT";
        Message response =
                bench.relayed(head("HTTP/1.1 200 OK", "Content-Length: 0", "Date: " + date));
        assertThat(response.values("Date")).containsExactly(date);
    }
}
