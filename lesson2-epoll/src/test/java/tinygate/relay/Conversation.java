package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a client sends and what the upstreams answer, whatever the schedule. */
record Conversation(String client, List<Origin.Response> responses) {
    /** One request with its response; the target is put where the request says {@code %d}. */
    enum Item {
        GET("GET /%d HTTP/1.1\r\nHost: one\r\n\r\n", Stage.ok("hello"), false),
        EMPTY("GET /%d HTTP/1.1\r\nHost: one\r\n\r\n", Stage.ok(""), false),
        LARGE("GET /%d HTTP/1.1\r\nHost: one\r\n\r\n", Stage.ok("large".repeat(4_000)), false),
        POST(
                "POST /%d HTTP/1.1\r\nHost: one\r\nContent-Length: 5\r\n\r\n12345",
                Stage.ok("a"), false),
        CHUNKED(
                "PUT /%d HTTP/1.1\r\nHost: one\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\nab\r\n1;e\r\nc\r\n0\r\nT: v\r\n\r\n",
                false),
        UPLOAD(
                "POST /%d HTTP/1.1\r\nHost: one\r\nContent-Length: 20000\r\n\r\n"
                        + "u".repeat(20_000),
                Stage.ok("stored"),
                false),
        HEAD(
                "HEAD /%d HTTP/1.1\r\nHost: one\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n", false),
        NO_CONTENT(
                "DELETE /%d HTTP/1.1\r\nHost: one\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n", false),
        INTERIM(
                "GET /%d HTTP/1.1\r\nHost: one\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" + Stage.ok("hinted"), false),
        NOWHERE("GET /%d HTTP/1.1\r\nHost: nowhere\r\n\r\n", "", false),
        OPTIONS("OPTIONS /%d HTTP/1.1\r\nHost: one\r\nMax-Forwards: 0\r\n\r\n", "", false),
        CLOSED_UPSTREAM(
                "GET /%d HTTP/1.1\r\nHost: one\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", true),
        GARBAGE("GET /%d HTTP/1.1\r\nHost: one\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", false),
        SHORT("GET /%d HTTP/1.1\r\nHost: one\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Le", true),
        KEPT_HTTP10(
                "GET /%d HTTP/1.0\r\nHost: one\r\nConnection: keep-alive\r\n\r\n",
                Stage.ok("old"), false),
        // From here on they end the connection.
        UNTIL_CLOSE(
                "GET /%d HTTP/1.1\r\nHost: one\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nuntil close", true),
        DECHUNKED(
                "GET /%d HTTP/1.0\r\nHost: one\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\nab\r\n1;e\r\nc\r\n0\r\nT: v\r\n\r\n",
                false),
        CUT(
                "GET /%d HTTP/1.1\r\nHost: one\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nonly this", true),
        BAD_REQUEST("GET /%d HTTP/1.1\r\nHost : one\r\n\r\n", "", false),
        ASKED_TO_CLOSE(
                "GET /%d HTTP/1.1\r\nHost: one\r\nConnection: close\r\n\r\n",
                Stage.ok("bye"), false);

        private final String request;
        private final String response;
        private final boolean ends;

        Item(String request, String response, boolean ends) {
            this.request = request;
            this.response = response;
            this.ends = ends;
        }
    }

    /**
     * What came of it.
     *
     * @param client the bytes that the client got
     * @param upstream the requests that upstreams got
     * @param end how the client's connection ended
     */
    record Outcome(String client, List<String> upstream, Peer.Gate end) {}

    static Conversation of(List<Item> items) {
        StringBuilder client = new StringBuilder();
        List<Origin.Response> responses = new ArrayList<>();
        for (Item item : items) {
            client.append(String.format(item.request, responses.size()));
            responses.add(new Origin.Response(item.response, item.ends));
            if (item == Item.ASKED_TO_CLOSE || item == Item.DECHUNKED) {
                // A client that asks to close sends nothing more (RFC 9112, section 9.6), nor does
                // one in HTTP/1.0 that does not ask to go on (section 9.3).
                break;
            }
        }
        return new Conversation(client.toString(), responses);
    }

    /** Everything at its time; the chance decides on the pieces. */
    Outcome hold(IoStyle style, Chance chance) {
        Stage stage = new Stage(style);
        stage.driver.chance = chance;
        Origin origin = new Origin(stage, responses);
        stage.client.sends(client);
        do {
            stage.run();
        } while (origin.answers());
        return end(stage, origin);
    }

    /** In any order: the client's sending, the driver's events, the upstreams' answers, windows. */
    Outcome hold(IoStyle style, Random random) {
        Stage stage = new Stage(style);
        stage.driver.chance = Chance.random(random);
        Origin origin = new Origin(stage, responses);
        int sent = 0;
        boolean quiet = false;
        while (!quiet || sent < client.length()) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    int count = 1 + random.nextInt(1 << random.nextInt(15));
                    int to = Math.min(client.length(), sent + count);
                    stage.client.sends(client.substring(sent, to));
                    sent = to;
                }
                case 1 -> quiet = !origin.answers() & !stage.driver.step();
                case 2 -> stage.client.takesOnly(random.nextInt(1 << random.nextInt(16)));
                default -> stage.driver.step();
            }
            if (quiet) {
                stage.client.takesOnly(Long.MAX_VALUE);
                quiet = !stage.driver.step();
            }
        }
        return end(stage, origin);
    }

    private static Outcome end(Stage stage, Origin origin) {
        stage.client.ends();
        do {
            stage.run();
        } while (origin.answers());
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
        stage.endsClean();
        return new Outcome(stage.client.gotAll(), origin.requests(), stage.client.gate());
    }
}
