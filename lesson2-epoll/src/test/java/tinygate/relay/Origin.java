package tinygate.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays all upstreams of a {@link Stage}: whenever one of them has got a whole request for {@code
 * /N}, it sends the response number N.
 */
final class Origin {
    /**
     * What is answered.
     *
     * @param ends whether the connection ends behind it
     */
    record Response(String bytes, boolean ends) {}

    private static final Pattern TARGET = Pattern.compile("^\\S+ /(\\d+)");
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

    private final Stage stage;
    private final List<Response> responses;
    private final List<String> requests = new ArrayList<>();
    private final List<Integer> read = new ArrayList<>(); // bytes of each connection's requests
    private final List<Integer> seen = new ArrayList<>(); // bytes of each connection

    Origin(Stage stage, List<Response> responses) {
        this.stage = stage;
        this.responses = responses;
    }

    /** Answers what has become answerable; false if that is nothing. */
    boolean answers() {
        List<Peer> peers = stage.driver.upstreamPeers();
        boolean answered = false;
        for (int i = 0; i < peers.size(); i++) {
            if (read.size() == i) {
                read.add(0);
                seen.add(0);
            }
            if (seen.get(i) == peers.get(i).gotBytes()) {
                continue;
            }
            String all = peers.get(i).gotAll();
            int end = endOfRequest(all, read.get(i));
            if (end > 0) {
                String request = all.substring(read.get(i), end);
                read.set(i, end);
                requests.add(request);
                answer(peers.get(i), request);
                answered = true;
            } else {
                seen.set(i, all.length());
            }
        }
        return answered;
    }

    private static int endOfRequest(String bytes, int from) {
        int headEnd = bytes.indexOf("\r\n\r\n", from) + 4;
        if (headEnd < 4) {
            return -1;
        }
        String head = bytes.substring(from, headEnd);
        int end = headEnd;
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            end += Integer.parseInt(length.group(1));
        } else if (head.contains("Transfer-Encoding: chunked")) {
            int last = bytes.indexOf("\r\n0\r\n", headEnd);
            return last < 0 ? -1 : endOfTrailers(bytes, last + 3);
        }
        return end <= bytes.length() ? end : -1;
    }

    private static int endOfTrailers(String bytes, int from) {
        int end = bytes.indexOf("\r\n\r\n", from);
        return end < 0 ? -1 : end + 4;
    }

    private void answer(Peer peer, String request) {
        Matcher target = TARGET.matcher(request);
        if (!target.find()) {
            throw new AssertionError("an upstream got what is no request: " + request);
        }
        Response response = responses.get(Integer.parseInt(target.group(1)));
        peer.sends(response.bytes());
        if (response.ends()) {
            peer.ends();
        }
    }

    /** The requests, in the order they came. */
    List<String> requests() {
        return requests;
    }
}
