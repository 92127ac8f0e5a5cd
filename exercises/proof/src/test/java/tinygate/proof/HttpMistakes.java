package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;

/** The gallery of lesson 1, its first half: how a message is read and written. */
final class HttpMistakes {
    private HttpMistakes() {}

    static List<Mistake> requestHead() {
        return List.of(
                in("1.1", "lets a control byte into a field's value")
                        .change("Fields", "!Syntax.isValue(at(i))", "at(i) == '\\n'")
                        .isCaughtBy("aFieldLineThatIsNoneIsRefused", "expected  400", "\\x00"),
                in("1.1", "takes the sign of a byte for a control byte")
                        .change(
                                "Fields",
                                "!Syntax.isValue(at(i))",
                                "at(i) < ' ' && at(i) != '\\t' || at(i) == 127")
                        .isCaughtBy("aFieldLineIsTakenApart", "caf"),
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
                        .isCaughtBy("nothingDependsOnWhereInTheBufferAHeadLies", "at index 7"),
                in("1.1", "does not look into the target")
                        .change("RequestHead", "findPath(); }", "}")
                        .isCaughtBy(
                                "pathAndHostAreFoundInTheTarget",
                                "the target as an upstream is sent it",
                                "expected  \"/x?y\"",
                                "got       \"GET /x?y\""),
                in("1.1", "leaves in the table what an earlier head has put there")
                        .change("Fields", "hopByHop[count] = false;", "")
                        .isCaughtBy(
                                "aHeadKnowsNothingOfTheOneBefore",
                                "Cookie: a=b",
                                "it is meant for this hop only",
                                "got       true"));
    }

    static List<Mistake> framing() {
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

    static List<Mistake> chunked() {
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
                        .isCaughtBy("aSizeLineIsLimited", "5 (100000 times)  ", "expected  400"),
                in("1.3", "refuses only a size that overflows")
                        .change(
                                "ChunkedScanner",
                                "if (++sizeDigits > MOST_SIZE_DIGITS) {",
                                "sizeDigits++; if (left >>> 59 != 0) {")
                        .isCaughtBy("aSizeLineIsLimited", "(100000 times) 05", "expected  400"),
                in("1.3", "takes the size of a chunk for an int")
                        .change(
                                "ChunkedScanner",
                                "(int) Math.min(left, to - from)",
                                "Math.min((int) left, to - from)")
                        .isCaughtBy(
                                "aChunkMayBeLargerThanAnIntCanSay",
                                "80000000",
                                "a run that begins at 10 has bytes"));
    }

    static List<Mistake> forwarding() {
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
                in("1.4", "forwards the framing that came beside its own")
                        .change("HopByHop", "TE, TRANSFER_ENCODING, UPGRADE", "TE, UPGRADE")
                        .isCaughtBy("theFramingOfABodyIsOfThisHopToo", "Transfer-Encoding"),
                in("1.4", "says that a request without a host was for none")
                        .change(
                                "RequestWriter",
                                "FieldName.X_FORWARDED_HOST.write(out); writeHost(request, out);",
                                "FieldName.X_FORWARDED_HOST.write(out); request.copyHostTo(out);")
                        .isCaughtBy(
                                "aRequestWithoutAHostIsForTheGatesOwn",
                                "X-Forwarded-Host: gate.test:8080"),
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
}
