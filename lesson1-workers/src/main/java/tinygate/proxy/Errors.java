package tinygate.proxy;

import tinygate.http.HttpViolation;

/**
 * The errors that a gate answers with (contract rule H15), each with what went wrong in words. Who
 * is to blame decides the status: 4xx the client, 5xx the gate or the upstream (RFC 9110, section
 * 15).
 */
public final class Errors {
    private Errors() {}

    private static Answer error(int status, String why) {
        String line = status + " " + Answer.reason(status) + ": " + why + "\n";
        return new Answer(status, "", "text/plain", line);
    }

    /** The request breaks the rules of HTTP, or a limit such as the three that follow. */
    public static Answer badRequest(HttpViolation violation) {
        return error(violation.status(), violation.getMessage());
    }

    public static HttpViolation headTimedOut(int millis) {
        return new HttpViolation(
                408, "the request's head was not complete after " + millis + " ms");
    }

    public static HttpViolation bodyTimedOut(int millis) {
        return new HttpViolation(408, "no byte of the request's body came for " + millis + " ms");
    }

    public static Answer noTunnels() {
        return error(501, "this is a reverse proxy, it opens no tunnels by CONNECT");
    }

    public static Answer noRoute(String host) {
        return error(404, "no route serves the host '" + host + "'");
    }

    public static Answer noUpstream() {
        return error(503, "every upstream of this host rests after failures; try again later");
    }

    public static Answer overloaded() {
        return error(503, "the gate serves as many connections as it may; try again later");
    }

    public static Answer ranOut() {
        return error(503, "the gate has no file descriptor or no memory left; try again later");
    }

    public static Answer cannotConnect(Object upstream) {
        return error(502, "upstream " + upstream + " does not accept connections");
    }

    public static Answer connectTimedOut(Object upstream, int millis) {
        return error(504, "upstream " + upstream + " accepted no connection in " + millis + " ms");
    }

    public static Answer responseTimedOut(Object upstream, int millis) {
        return error(504, "upstream " + upstream + " did not respond in " + millis + " ms");
    }

    public static Answer noResponse(Object upstream) {
        return error(502, "upstream " + upstream + " closed the connection without a response");
    }

    /** What the upstream sent breaks the rules of HTTP, or a limit. */
    public static Answer badResponse(Object upstream, HttpViolation violation) {
        return error(
                502, "upstream " + upstream + " sent no valid response: " + violation.getMessage());
    }

    public static Answer unaskedUpgrade(Object upstream) {
        return error(502, "upstream " + upstream + " switched protocols, and nobody had asked");
    }
}
