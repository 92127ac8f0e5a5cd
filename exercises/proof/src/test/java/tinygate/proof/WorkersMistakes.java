package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;
import java.util.stream.Stream;

/** The gallery of lesson 1: what people get wrong in its exercises. */
final class WorkersMistakes {
    private WorkersMistakes() {}

    static List<Mistake> all() {
        return Stream.of(
                        requestHead(),
                        framing(),
                        chunked(),
                        forwarding(),
                        roundRobin(),
                        worker(),
                        crew(),
                        gate())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mistake> requestHead() {
        return List.of(
                in("1.1", "lets a control byte into a field's value")
                        .change("Fields", "!Syntax.isValue(at(i))", "at(i) == '\\n'")
                        .isCaughtBy("aFieldLineThatIsNoneIsRefused", "expected  400", "\\x00"),
                in("1.1", "lets a blank stand before the colon")
                        .change(
                                "Fields",
                                "if (colon == from || colon == to || at(colon) != ':') {",
                                "while (colon < to && Syntax.isBlank(at(colon))) { colon++; }"
                                        + " if (colon == from || colon == to || at(colon) != ':') {")
                        .isCaughtBy("aFieldLineThatIsNoneIsRefused", "Accept : de", "got       0"),
                in("1.1", "keeps the blanks behind a value")
                        .change(
                                "Fields",
                                "end > first && Syntax.isBlank(at(end - 1))",
                                "end < first")
                        .isCaughtBy("aFieldLineIsTakenApart", "expected  \"de\"", "\"de \\t \""),
                in("1.1", "takes as many spaces as there are")
                        .change(
                                "RequestHead",
                                "i++; targetFrom = i;",
                                "while (i < to && fields.at(i) == ' ') { i++; } targetFrom = i;")
                        .isCaughtBy("aRequestLineThatIsNoneIsRefused", "GET  / HTTP/1.1"),
                in("1.1", "counts from the buffer's beginning, not from the head's")
                        .change(
                                "Fields",
                                "FieldName.of(bytes, base + from, base + colon)",
                                "FieldName.of(bytes, from, colon)")
                        .isCaughtBy("nothingDependsOnWhereInTheBufferAHeadLies", "at index 7"));
    }

    private static List<Mistake> framing() {
        return List.of(
                in("1.2", "takes chunked where there is a length too")
                        .change(
                                "FramingRules",
                                "if (fields.find(FieldName.CONTENT_LENGTH, 0) >= 0) {",
                                "if (codings > 1_000) {")
                        .isCaughtBy(
                                "aLengthBesideTransferEncodingIsRefusedInEitherOrder",
                                "Content-Length: 6\\r\\nTransfer-Encoding: chunked",
                                "expected  400"),
                in("1.2", "takes the first of two lengths")
                        .change(
                                "FramingRules",
                                "if (fields.find(FieldName.CONTENT_LENGTH, field + 1) >= 0) {",
                                "if (field > 1_000) {")
                        .isCaughtBy("twoLengthsAreRefused", "Content-Length: 6", "got       0"),
                in("1.2", "reads a length by Long.parseLong")
                        .change(
                                "FramingRules",
                                "return fields.number(field);",
                                "return Long.parseLong(fields.value(field));")
                        .isCaughtBy(
                                "aLengthThatIsNoPlainNumberIsRefused",
                                "Content-Length: +5",
                                "got       0"),
                in("1.2", "looks at the first Transfer-Encoding only")
                        .change(
                                "FramingRules",
                                "field = fields.find(FieldName.TRANSFER_ENCODING, field + 1)) {",
                                "field = -1) {")
                        .isCaughtBy("codingsInSeveralFieldsAreOneList", "got       0"),
                in("1.2", "is content if the value begins with chunked")
                        .change(
                                "FramingRules",
                                "chunkedIsLast = fields.is(from, to, CHUNKED);",
                                "chunkedIsLast = fields.text(from, to).startsWith(\"chunked\");")
                        .isCaughtBy("aCodingThatTheGateDoesNotSpeakIsRefused", "chunkedx"));
    }

    private static List<Mistake> chunked() {
        return List.of(
                in("1.3", "lets the size overflow")
                        .change(
                                "ChunkedScanner",
                                "if (++sizeDigits > MOST_SIZE_DIGITS) {",
                                "if (++sizeDigits < 0) {")
                        .isCaughtBy(
                                "aSizeThatOverflowsIsRefused", "ffffffffffffffff", "got       0"),
                in("1.3", "reads the size as a decimal number")
                        .change("ChunkedScanner", "left * 16 + digit", "left * 10 + digit")
                        .isCaughtBy("theContentIsFound", "1A"),
                in("1.3", "thinks that a chunk arrives whole")
                        .change(
                                "ChunkedScanner",
                                "if (left == 0) { state = State.CONTENT_RETURN; }",
                                "state = State.CONTENT_RETURN;")
                        .isCaughtBy("theContentIsFound", "arriving \"byte by byte\""),
                in("1.3", "takes for content what stands behind the chunk")
                        .change(
                                "ChunkedScanner",
                                "int end = from + (int) Math.min(left, to - from);",
                                "int end = to;")
                        .isCaughtBy("theContentIsFound", "expected  \"hello\""),
                in("1.3", "reads blanks behind a size without end")
                        .change(
                                "ChunkedScanner",
                                "limit(MOST_SIZE_LINE_BYTES, \"a chunk's size line\"); state =",
                                "state =")
                        .isCaughtBy("blanksBehindASizeAreLimited", "expected  400"));
    }

    private static List<Mistake> forwarding() {
        return List.of(
                in("1.4", "forwards what Connection names")
                        .change(
                                "HopByHop",
                                "fields.markHopByHop(field); markMembers(fields, field);",
                                "fields.markHopByHop(field);")
                        .isCaughtBy("everyFieldThatConnectionNamesStaysBehind", "X-One: secret"),
                in("1.4", "looks only at what stands behind Connection")
                        .change(
                                "HopByHop",
                                "for (int field = 0; field < fields.count(); field++) { if (fields.isNamed",
                                "for (int field = connection; field < fields.count(); field++) { if (fields.isNamed")
                        .isCaughtBy("everyFieldThatConnectionNamesStaysBehind", "X-One: secret"),
                in("1.4", "takes a field that begins with a named one for it")
                        .change(
                                "HopByHop",
                                "fields.isNamed(field, from, to)",
                                "fields.line(field).toLowerCase().startsWith(fields.text(from, to).toLowerCase())")
                        .isCaughtBy("everyFieldThatConnectionNamesStaysBehind", "X-One-More: kept"),
                in("1.4", "replaces X-Forwarded-For")
                        .change(
                                "RequestWriter",
                                "appendTo(FieldName.X_FORWARDED_FOR, request.fields(), out);",
                                "FieldName.X_FORWARDED_FOR.write(out);")
                        .isCaughtBy(
                                "earlierProxiesStayInFrontAndForgedHostsAreReplaced",
                                "1.1.1.1, 2.2.2.2"),
                in("1.4", "does not quote an IPv6 address in Forwarded")
                        .change(
                                "RequestWriter",
                                "client.indexOf(':') < 0 ? client : \"\\\"[\" + client + \"]\\\"\"",
                                "client")
                        .isCaughtBy("anIpv6ClientIsQuotedInForwardedAlone", "[2001:db8::7]"));
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
                                "expected  [1, 1, 0]",
                                "got       [2, 0, 0]"),
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
                                "the gate knows that all four are gone"),
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
                                "worker.serve(waiting.take()); clients.decrementAndGet();",
                                "worker.serve(waiting.take());")
                        .isCaughtBy(
                                "thereIsRoomAgainWhenAClientHasGone",
                                "20 clients, one after the other"));
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
