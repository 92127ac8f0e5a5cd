package tinygate.proxy;

import static tinygate.proxy.Heads.ALL_ADDED;
import static tinygate.proxy.Heads.NOTHING_ADDED;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.Settings.Forwarding;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 1.4: what one connection says to its other end goes no further; what a proxy adds. */
@Exercise(
        id = "1.4",
        title = "Hop-by-hop and forwarding fields",
        points = 10,
        minutes = 30,
        chapter = "lesson1.html#ex-1-4",
        code = {"tinygate.http.HopByHop", "tinygate.proxy.RequestWriter"},
        hints = {
            """
            Some fields belong to one connection by their nature. And Connection may name any other: its members are
            names of fields, in any case, and a field may stand before or behind the Connection that names it.""",
            """
            Go through all fields; fields.name(field) says which one it is, null for one that the gate does not know.
            Members of a Connection are found as in exercise 1.2; fields.isNamed(field, from, to) compares a name.""",
            """
            In writeClient: appendTo(name, fields, out) begins the line with the members that came and a comma, so that
            you add the client and Ascii.endLine(out). FieldName.write(out, value) writes a whole line, and
            writeHost(request, out) the host. Forwarded looks like this: for=10.0.0.1;host="a.test";proto=http"""
        })
public class ForwardingExercise {
    private static final Forwarding X_FORWARDED = new Forwarding("gate", true, false);
    private static final Forwarding FORWARDED = new Forwarding("gate", false, true);

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            strings = {
                "Connection: keep-alive",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: close",
                "TE: gzip",
                "Upgrade: h2c"
            })
    void aFieldOfTheClientsHopStaysBehind(String field, Story story) {
        String request = "GET / HTTP/1.1\nHost: a.test\n" + field + "\nX: y\n\n";
        story.expect(
                "what the upstream is sent",
                "GET / HTTP/1.1\r\nHost: a.test\r\nX: y\r\nVia: 1.1 gate\r\n\r\n",
                forwarded(request, "10.0.0.1", NOTHING_ADDED, story));
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "Connection: x-one, X-TWO",
                "connection:close,,x-two ,\tX-ONE",
                "Connection: x-one\nConnection: x-two"
            })
    void everyFieldThatConnectionNamesStaysBehind(String connection, Story story) {
        String request =
                "GET / HTTP/1.1\nX-One: secret\nHost: a.test\n"
                        + connection
                        + "\nX-Two: secret\nx-one: secret\nX-On: kept\nX-One-More: kept\n\n";
        story.expect(
                "what the upstream is sent",
                "GET / HTTP/1.1\r\nHost: a.test\r\nX-On: kept\r\nX-One-More: kept\r\n"
                        + "Via: 1.1 gate\r\n\r\n",
                forwarded(request, "10.0.0.1", NOTHING_ADDED, story));
    }

    @Test
    @Order(3)
    void aRequestWithoutSuchFieldsIsForwardedWhole(Story story) {
        story.expect(
                "what the upstream is sent",
                "GET / HTTP/1.1\r\nHost: a.test\r\nAccept: de\r\nCookie: a=b\r\n"
                        + "Via: 1.1 gate\r\n\r\n",
                forwarded(
                        "GET / HTTP/1.1\nHost: a.test\nAccept: de\nCookie: a=b\n\n",
                        "10.0.0.1",
                        NOTHING_ADDED,
                        story));
    }

    @Test
    @Order(4)
    void theClientIsAddedToXForwarded(Story story) {
        story.expect(
                "what the upstream is sent",
                "GET / HTTP/1.1\r\nHost: a.test:81\r\nVia: 1.1 gate\r\n"
                        + "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: http\r\n"
                        + "X-Forwarded-Host: a.test:81\r\n\r\n",
                forwarded("GET / HTTP/1.1\nHost: a.test:81\n\n", "10.0.0.1", X_FORWARDED, story));
    }

    @Test
    @Order(5)
    void earlierProxiesStayInFrontAndForgedHostsAreReplaced(Story story) {
        story.expect(
                "what the upstream is sent",
                "GET / HTTP/1.1\r\nHost: a.test\r\nVia: 1.1 gate\r\n"
                        + "X-Forwarded-For: 1.1.1.1, 2.2.2.2, 3.3.3.3, 10.0.0.1\r\n"
                        + "X-Forwarded-Proto: http\r\nX-Forwarded-Host: a.test\r\n\r\n",
                forwarded(
                        "GET / HTTP/1.1\nHost: a.test\nX-Forwarded-For: 1.1.1.1, 2.2.2.2\n"
                                + "X-Forwarded-Host: forged\nX-Forwarded-Proto: https\n"
                                + "X-Forwarded-For: 3.3.3.3\n\n",
                        "10.0.0.1",
                        X_FORWARDED,
                        story));
    }

    @Test
    @Order(6)
    void theClientIsAddedToForwarded(Story story) {
        story.expect(
                "what the upstream is sent",
                "GET / HTTP/1.1\r\nHost: a.test\r\nVia: 1.1 gate\r\n"
                        + "Forwarded: for=1.1.1.1, for=10.0.0.1;host=\"a.test\";proto=http\r\n\r\n",
                forwarded(
                        "GET / HTTP/1.1\nHost: a.test\nForwarded: for=1.1.1.1\n\n",
                        "10.0.0.1",
                        FORWARDED,
                        story));
    }

    @Test
    @Order(7)
    void anIpv6ClientIsQuotedInForwardedAlone(Story story) {
        story.expect(
                "what the upstream is sent",
                "GET / HTTP/1.1\r\nHost: a.test\r\nVia: 1.1 gate\r\n"
                        + "X-Forwarded-For: 2001:db8::7\r\nX-Forwarded-Proto: http\r\n"
                        + "X-Forwarded-Host: a.test\r\n"
                        + "Forwarded: for=\"[2001:db8::7]\";host=\"a.test\";proto=http\r\n\r\n",
                forwarded("GET / HTTP/1.1\nHost: a.test\n\n", "2001:db8::7", ALL_ADDED, story));
    }

    @Test
    @Order(8)
    void theFramingOfABodyIsOfThisHopToo(Story story) {
        story.expect(
                "what the upstream is sent",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n"
                        + "Via: 1.1 gate\r\n\r\n",
                forwarded(
                        "POST / HTTP/1.1\nHost: a.test\nTransfer-Encoding: chunked\n\n",
                        "10.0.0.1",
                        NOTHING_ADDED,
                        story));
    }

    @Test
    @Order(9)
    void aRequestWithoutAHostIsForTheGatesOwn(Story story) {
        story.expect(
                "what the upstream is sent",
                "GET / HTTP/1.1\r\nHost: gate.test:8080\r\nVia: 1.0 gate\r\n"
                        + "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: http\r\n"
                        + "X-Forwarded-Host: gate.test:8080\r\n"
                        + "Forwarded: for=10.0.0.1;host=\"gate.test:8080\";proto=http\r\n\r\n",
                forwarded("GET / HTTP/1.0\n\n", "10.0.0.1", ALL_ADDED, story));
    }

    private static String forwarded(
            String request, String client, Forwarding forwarding, Story story) {
        story.step("a client at %s sends %s", client, Heads.wire(request));
        RequestWriter writer = new RequestWriter(forwarding, "gate.test:8080", false);
        return Heads.written(out -> writer.write(Heads.request(request), client, out));
    }
}
