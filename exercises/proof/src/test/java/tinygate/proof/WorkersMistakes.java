package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;
import java.util.stream.Stream;

/** The gallery of lesson 1: what people get wrong in its exercises. */
final class WorkersMistakes {
    private WorkersMistakes() {}

    static List<Mistake> all() {
        return Stream.of(
                        HttpMistakes.requestHead(),
                        HttpMistakes.framing(),
                        HttpMistakes.chunked(),
                        HttpMistakes.forwarding(),
                        roundRobin(),
                        worker(),
                        crew(),
                        gate())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mistake> roundRobin() {
        return List.of(
                in("1.5", "nobody pays")
                        .change("RoundRobin", "credits[richest] -= earned;", "")
                        .isCaughtBy("equalWeightsTakeTurns", "\"abcabca\"", "\"aaaaaaa\""),
                in("1.5", "every thread may choose at the same time")
                        .change("Pool", "synchronized (balancer) {", "{")
                        .isCaughtBy(
                                "aChoiceIsOverBeforeTheNextBegins",
                                "ROUND_ROBIN",
                                "expected  [1, 2, 0]",
                                "got       [2, 1, 0]"),
                in("1.5", "keeps other threads out of the student's balancer alone")
                        .change("Pool", "synchronized (balancer) {", "{")
                        .change(
                                "RoundRobin",
                                "public Upstream choose(",
                                "public synchronized Upstream choose(")
                        .isCaughtBy(
                                "aChoiceIsOverBeforeTheNextBegins",
                                "LEAST_CONNECTIONS",
                                "expected  [1, 2, 0]",
                                "got       [2, 1, 0]"),
                in("1.5", "an upstream that rests earns too")
                        .change(
                                "RoundRobin",
                                "if (!Balancer.usable(upstream, tried)) { continue; }",
                                "if (!Balancer.usable(upstream, tried)) {"
                                        + " credits[i] += upstream.weight(); continue; }")
                        .isCaughtBy(
                                "anUpstreamThatRestsGetsNoTurnAndEarnsNothingForLater",
                                "\"abcabc\""),
                in("1.5", "counts a use although nobody was chosen")
                        .change("Pool", "if (chosen != null) {", "{")
                        .isCaughtBy("nobodyIsChosenIfNobodyCanBeUsed", "Pool.java:"));
    }

    private static List<Mistake> worker() {
        return List.of(
                in("1.6", "serves one request and closes")
                        .change(
                                "Worker",
                                "while (exchange(idleMillis)) {",
                                "if (exchange(idleMillis)) {")
                        .isCaughtBy(
                                "manyRequestsUseOneConnection", "request 2 on the same connection"),
                in("1.6", "leaves the head in the buffer")
                        .change(
                                "Worker",
                                "client.in.position(client.in.position() + request.length());",
                                "")
                        .isCaughtBy(
                                "manyRequestsUseOneConnection",
                                "expected  \"/2 \"",
                                "got       \"/1 \""),
                in("1.6", "keeps a connection whose body nobody has read")
                        .change(
                                "Worker",
                                "answer(own, Persistence.endsWithHead(request))",
                                "answer(own, true)")
                        .isCaughtBy(
                                "anAnswerBeforeTheBodyIsReadEndsTheConnection",
                                "the field Connection",
                                "expected  \"close\""),
                in("1.6", "does not tell the gate that a connection has ended")
                        .change("Worker", "gate.ended();", "")
                        .isCaughtBy(
                                "aWorkerOutlivesItsClientsAndTheGateCountsThem",
                                "the gate knows that all four are gone",
                                "expected  0",
                                "got       4"),
                in("1.6", "counts only the connections that end without an exception")
                        .change("Worker", "} finally { gate.ended(); }", "} gate.ended();")
                        .isCaughtBy(
                                "aConnectionThatEndsByABugIsClosedAndCountedToo",
                                "connections that the gate counts as open",
                                "got       1"),
                in("1.6", "takes what follows a CONNECT for a request")
                        .change(
                                "Worker",
                                "Persistence.endsWithHead(request)",
                                "request.framing().empty()")
                        .isCaughtBy(
                                "whatFollowsAConnectIsNoRequest",
                                "the field Connection",
                                "expected  \"close\""),
                in("1.6", "closes while the client may still send")
                        .change(
                                "Worker",
                                "client.linger(); } return keepAlive; } catch (UpstreamFailure",
                                "} return keepAlive; } catch (UpstreamFailure")
                        .isCaughtBy(
                                "aConnectionThatEndsWhileTheClientSendsIsNotReset",
                                "the connection ended by a reset",
                                "got       true"),
                in("1.6", "waits for the first request as long as for a later one")
                        .change(
                                "Worker",
                                "int idleMillis = gate.settings().timeouts().headMillis();",
                                "int idleMillis = gate.settings().timeouts().idleMillis();")
                        .isCaughtBy(
                                "theFirstRequestMustBeginInTheTimeForAHead",
                                "a client connects and sends nothing"),
                in("1.6", "waits for a later request as long as for the first")
                        .change(
                                "Worker",
                                "idleMillis = gate.settings().timeouts().idleMillis();",
                                "")
                        .isCaughtBy(
                                "anIdleConnectionIsClosedInItsTime", "the idle time is 300 ms"));
    }

    private static List<Mistake> crew() {
        return List.of(
                in("1.7", "compares times that may overflow")
                        .change("Deadline", "nowNanos - atNanos < 0", "nowNanos < atNanos")
                        .isCaughtBy(
                                "aClockThatOverflowsHarmsNothing", "the receiving side is open"),
                in("1.7", "lets an idle wait go on for as long as the gate runs")
                        .change(
                                "Deadline",
                                "nowNanos - atNanos < 0",
                                "(wait == Wait.IDLE || nowNanos - atNanos < 0)")
                        .isCaughtBy(
                                "eachKindOfWaitIsCutWhenItsTimeIsOver", "IDLE", "got       false"),
                in("1.7", "closes where it should only stop receiving")
                        .change("Deadline", "channel.shutdownInput();", "channel.close();")
                        .isCaughtBy(
                                "anAnswerCanStillBeSentWhenAReadWasCut", "ClosedChannelException"),
                in("1.7", "cuts a wait that has ended")
                        .change("Deadline", "channel = null; return expired;", "return expired;")
                        .isCaughtBy(
                                "aWaitThatEndsInTimeIsNotCutLater",
                                "the watchdog looks at time 3000"),
                in("1.7", "remembers that an earlier wait was cut")
                        .change("Deadline", "this.expired = false;", "")
                        .isCaughtBy(
                                "theNextWaitKnowsNothingOfOneThatWasCut", "another wait begins"),
                in("1.7", "waits for the next request while the gate drains")
                        .change("Deadline", "&& !(draining && wait == Wait.IDLE)", "")
                        .isCaughtBy("aGateThatDrainsWaitsForNoFurtherRequestButForAllElse", "IDLE"),
                in("1.7", "counts only those who wait in the queue")
                        .change(
                                "PlatformCrew",
                                "if (clients.incrementAndGet() > mostClients) {",
                                "if (clients.get() > mostClients) {")
                        .isCaughtBy(
                                "whomNeitherAWorkerNorTheQueueTakesIsAnswered503",
                                "client 3 comes"),
                in("1.7", "keeps counting those who were refused")
                        .change(
                                "PlatformCrew",
                                "clients.decrementAndGet(); return false;",
                                "return false;")
                        .isCaughtBy(
                                "whomNeitherAWorkerNorTheQueueTakesIsAnswered503",
                                "client 5 comes"),
                in("1.7", "keeps counting those who are gone")
                        .change(
                                "PlatformCrew",
                                "clients.decrementAndGet(); } } catch (InterruptedException",
                                "} } catch (InterruptedException")
                        .isCaughtBy(
                                "thereIsRoomAgainWhenAClientHasGone",
                                "20 clients, one after the other"),
                in("1.7", "loses a worker by a bug in serving one client")
                        .change(
                                "PlatformCrew",
                                "catch (RuntimeException | OutOfMemoryError fault)",
                                "catch (IllegalStateException fault)")
                        .isCaughtBy(
                                "aBugInServingOneClientDoesNotCostTheWorker",
                                "the only worker of a crew",
                                "got       \"nothing in 5 s\""),
                in("1.7", "leaves open what its workers keep")
                        .change("PlatformCrew", "worker.close();", "")
                        .isCaughtBy(
                                "aWorkerIsClosedWithTheGate",
                                "so is the connection to the upstream",
                                "in vain"));
    }

    /** They are run with the one test of the contract that must catch them. */
    private static List<Mistake> gate() {
        return List.of(
                in("1.8", "forwards what Connection names")
                        .change(
                                "HopByHop",
                                "fields.markHopByHop(field); markMembers(fields, field);",
                                "fields.markHopByHop(field);")
                        .isCaughtBy(
                                "everyFieldThatConnectionNamesIsRemovedFromAResponse",
                                "What happened:",
                                "secret"),
                in("1.8", "takes chunked where there is a length too")
                        .change(
                                "FramingRules",
                                "if (fields.find(FieldName.CONTENT_LENGTH, 0) >= 0) {",
                                "if (codings > 1_000) {")
                        .isCaughtBy(
                                "ambiguousFramingIsRefused", "What happened:", "Content-Length"),
                in("1.8", "waits for the next request while the gate drains")
                        .change("Deadline", "&& !(draining && wait == Wait.IDLE)", "")
                        .isCaughtBy(
                                "aGateWithoutWorkStopsAtOnce",
                                "without waiting for the limit of 5 s",
                                "What happened:"));
    }
}
