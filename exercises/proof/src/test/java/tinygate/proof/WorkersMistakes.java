package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;

/** The gallery of lesson 1: what people get wrong in its exercises. */
final class WorkersMistakes {
    private WorkersMistakes() {}

    static List<Mistake> all() {
        return List.of(
                in("1.1", "lets a control byte into a field's value")
                        .change("Fields", "!Syntax.isValue(at(i))", "at(i) == '\\n'")
                        .isCaughtBy("aFieldLineThatIsNoneIsRefused", "expected  400", "\\x00"),
                in("1.1", "lets a blank stand before the colon")
                        .change(
                                "Fields",
                                "if (colon == from || colon == to || at(colon) != ':') {",
                                """
                                while (colon < to && Syntax.isBlank(at(colon))) {
                                    colon++;
                                }
                                if (colon == from || colon == to || at(colon) != ':') {\
                                """)
                        .isCaughtBy("aFieldLineThatIsNoneIsRefused", "Accept : de", "got       0"),
                in("1.1", "keeps the blanks behind a value")
                        .change(
                                "Fields",
                                "end > first && Syntax.isBlank(at(end - 1))",
                                "end < first")
                        .isCaughtBy("aFieldLineIsTakenApart", "expected  \"de\"", "\"de \\t \""),
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
                                "\"abcabc\""));
    }
}
