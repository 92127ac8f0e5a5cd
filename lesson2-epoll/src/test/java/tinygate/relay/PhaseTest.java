package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static tinygate.relay.FakeDriver.Reach.ACCEPTS;
import static tinygate.relay.FakeDriver.Reach.HANGS;
import static tinygate.relay.FakeDriver.Reach.REFUSES;
import static tinygate.relay.Phase.CLOSED;
import static tinygate.relay.Phase.CONNECT;
import static tinygate.relay.Phase.FAREWELL;
import static tinygate.relay.Phase.HEAD;
import static tinygate.relay.Phase.IDLE;
import static tinygate.relay.Phase.RELAY;
import static tinygate.relay.Phase.RESPONSE;
import static tinygate.relay.Phase.TUNNEL;
import static tinygate.relay.Stage.get;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tinygate.relay.PhaseLog.Way;

/** The table of the phases is what can happen: a way of each row has an example, and no more. */
class PhaseTest {
    private static final String UPGRADE =
            "GET / HTTP/1.1\r\nHost: one\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
    private static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n";
    private static final String PART = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart";

    private static Map<Way, Consumer<Stage>> examples() {
        Map<Way, Consumer<Stage>> ways = new LinkedHashMap<>();
        ways.put(new Way(IDLE, HEAD), s -> s.clientSends("G"));
        ways.put(new Way(IDLE, FAREWELL), Stage::drains);
        ways.put(new Way(IDLE, CLOSED), Stage::clientIsGone);
        ways.put(new Way(HEAD, CONNECT), s -> s.clientSends(get("one")));
        ways.put(
                new Way(HEAD, RESPONSE),
                s -> {
                    s.exchangeOnce();
                    s.clientSends(get("one"));
                });
        ways.put(new Way(HEAD, IDLE), s -> s.clientSends(get("nowhere")));
        ways.put(new Way(HEAD, FAREWELL), s -> s.clientSends("nonsense\r\n"));
        ways.put(
                new Way(HEAD, CLOSED),
                s -> {
                    s.clientSends("G");
                    s.clientIsGone();
                });
        ways.put(new Way(CONNECT, CONNECT), s -> reaches(s, REFUSES, get("two")));
        ways.put(new Way(CONNECT, RESPONSE), s -> reaches(s, ACCEPTS, get("one")));
        ways.put(new Way(CONNECT, IDLE), s -> reaches(s, REFUSES, get("one")));
        ways.put(
                new Way(CONNECT, FAREWELL),
                s -> reaches(s, REFUSES, "GET / HTTP/1.0\r\nHost: one\r\n\r\n"));
        ways.put(
                new Way(CONNECT, CLOSED),
                s -> {
                    reaches(s, HANGS, get("one"));
                    s.clientIsGone();
                });
        ways.put(
                new Way(RESPONSE, CONNECT),
                s -> {
                    s.clientSends(get("two"));
                    s.upstreamBreaks();
                });
        ways.put(new Way(RESPONSE, RELAY), s -> answered(s, get("one"), PART));
        ways.put(new Way(RESPONSE, TUNNEL), s -> answered(s, UPGRADE, SWITCHING));
        ways.put(new Way(RESPONSE, IDLE), s -> answered(s, get("one"), "nonsense\r\n"));
        ways.put(
                new Way(RESPONSE, FAREWELL),
                s -> answered(s, "GET / HTTP/1.0\r\nHost: one\r\n\r\n", "nonsense\r\n"));
        ways.put(
                new Way(RESPONSE, CLOSED),
                s -> {
                    s.clientSends(get("one"));
                    s.clientIsGone();
                });
        ways.put(new Way(RELAY, IDLE), s -> answered(s, get("one"), Stage.ok("whole")));
        ways.put(
                new Way(RELAY, FAREWELL),
                s -> answered(s, "GET / HTTP/1.0\r\nHost: one\r\n\r\n", Stage.ok("whole")));
        ways.put(
                new Way(RELAY, CLOSED),
                s -> {
                    answered(s, get("one"), PART);
                    s.clientIsGone();
                });
        ways.put(
                new Way(TUNNEL, FAREWELL),
                s -> {
                    answered(s, UPGRADE, SWITCHING);
                    s.upstreamBreaks();
                });
        ways.put(
                new Way(TUNNEL, CLOSED),
                s -> {
                    answered(s, UPGRADE, SWITCHING);
                    s.clientIsGone();
                });
        ways.put(
                new Way(FAREWELL, CLOSED),
                s -> {
                    s.clientSends("nonsense\r\n");
                    s.clientEnds();
                });
        return ways;
    }

    private static void reaches(Stage stage, FakeDriver.Reach reach, String request) {
        stage.driver.reach = upstream -> reach;
        stage.clientSends(request);
    }

    private static void answered(Stage stage, String request, String response) {
        stage.clientSends(request);
        stage.upstreamSends(response);
    }

    @TestFactory
    Iterable<DynamicTest> eachWayCanBeGone() {
        return examples().entrySet().stream()
                        .map(
                                example ->
                                        DynamicTest.dynamicTest(
                                                example.getKey().toString(),
                                                () -> isGone(example.getKey(), example.getValue())))
                ::iterator;
    }

    private static void isGone(Way way, Consumer<Stage> example) {
        for (IoStyle style : IoStyle.values()) {
            Stage stage = new Stage(style);
            example.accept(stage);
            assertThat(stage.driver.phases.ways()).contains(way);
            stage.endsClean();
        }
    }

    @Test
    void theTableHasNoOtherWay() {
        Set<Way> table = new HashSet<>();
        for (Phase from : Phase.values()) {
            for (Phase to : from.next()) {
                table.add(new Way(from, to));
            }
        }
        assertThat(table).isEqualTo(examples().keySet());
    }

    @Test
    void aWayThatIsNotInTheTableIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TUNNEL.to(IDLE))
                .withMessage("no way leads from TUNNEL to IDLE");
    }
}
