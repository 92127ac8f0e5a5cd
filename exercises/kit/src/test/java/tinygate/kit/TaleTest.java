package tinygate.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failure as a student reads it. */
class TaleTest {
    private static String tale(Throwable failure) {
        return new Tale(List.of("do this", "do that"), failure, List.of()).getMessage();
    }

    @Test
    void bytesAreReadableAndACaretStandsUnderTheFirstDifference() {
        Throwable failure =
                catchThrowable(
                        () ->
                                new Story(step -> {})
                                        .expect("the line", "a\r\nb", "a\n\u0000".getBytes()));

        assertThat(tale(failure))
                .isEqualTo(
                        String.join(
                                "\n",
                                "     1. do this",
                                "     2. do that",
                                "       failed: the line",
                                "       expected  \"a\\r\\nb\"",
                                "       got       \"a\\n\\x00\"",
                                "                    ^"));
    }

    @Test
    void aDifferenceFarBehindTheBeginningIsShownAloneWithWhatIsNearIt() {
        String same = "x".repeat(1_000);

        assertThat(Show.difference(same + "a", same + "b", ""))
                .isEqualTo(
                        String.join(
                                "\n",
                                "expected  ..." + "x".repeat(30) + "a",
                                "got       ..." + "x".repeat(30) + "b",
                                " ".repeat(10 + 3 + 30) + "^"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true", "1, 2, false", "ab, ab, true"})
    void equalValuesAreAsExpected(String expected, String got, boolean equal) {
        Throwable failure =
                catchThrowable(
                        () ->
                                new Story(step -> {})
                                        .expect("the bytes", expected.getBytes(), got.getBytes()));

        assertThat(failure == null).isEqualTo(equal);
    }

    @Test
    void anAssertionOfAssertJIsToldInTheSameWay() {
        Throwable failure = catchThrowable(() -> assertThat("b").as("the letter").isEqualTo("a"));

        assertThat(tale(failure))
                .contains("failed: the letter\n", "expected  \"a\"", "got       \"b\"");
    }

    @Test
    void whatAWrapperAddsStandsBehindTheDifference() {
        Throwable failure = catchThrowable(() -> new Story(step -> {}).expect("the sum", 1, 2));

        assertThat(tale(new AssertionError("the sum\nWhat happened: nothing", failure)))
                .containsSubsequence(
                        "failed: the sum", "expected  1", "^", "What happened: nothing");
    }

    @Test
    void anExceptionIsToldWithItsType() {
        assertThat(tale(new IllegalStateException("no"))).contains("IllegalStateException: no");
        assertThat(tale(new IllegalStateException())).endsWith("IllegalStateException");
    }
}
