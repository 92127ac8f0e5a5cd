package tinygate.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tinygate.book.Transcript.Step;

/** A chapter's shell sessions are found, and compared with three dots for what differs. */
class TranscriptTest {
    @TempDir private Path directory;

    @Test
    void aSessionIsCommandsAndAnswers() throws IOException {
        String chapter =
                """
                        // transcript: lesson1 --workers 2; needs strace ps
                        [source,console]
                        ----
                        $ echo one \\
                            two
                        one two
                        $ true
                        ----
                        """;

        assertThat(sessions(chapter))
                .containsExactly(
                        new Transcript(
                                "chapter.adoc:2",
                                "lesson1",
                                List.of("--workers", "2"),
                                List.of("strace", "ps"),
                                List.of(
                                        new Step("echo one \\\n    two", List.of("one two")),
                                        new Step("true", List.of()))));
    }

    @Test
    void commandsWithoutAnswersNeedNotBeTried() throws IOException {
        assertThat(sessions("[source,console]\n----\n$ mvn test\n----\n")).isEmpty();
    }

    @Test
    void anAnswerThatNothingChecksIsRefused() throws IOException {
        String chapter = "text\n[source,console]\n----\n$ echo one\none\n----\n";

        assertThatThrownBy(() -> sessions(chapter))
                .hasMessageContaining("chapter.adoc:2 shows an answer that nothing checks");
    }

    @Test
    void threeDotsStandForAnythingInALine() {
        assertThat(Answer.is(List.of("read(..., 5) = ..."), List.of("read(14, 5) = 5"))).isTrue();
        assertThat(Answer.is(List.of("read(..., 5) = ..."), List.of("read(14, 6) = 5"))).isFalse();
    }

    @Test
    void threeDotsAloneStandForAnyLines() {
        List<String> shown = List.of("first", "...", "last");

        assertThat(Answer.is(shown, List.of("first", "last"))).isTrue();
        assertThat(Answer.is(shown, List.of("first", "2", "3", "last"))).isTrue();
        assertThat(Answer.is(shown, List.of("first", "2", "3"))).isFalse();
    }

    @Test
    void anAnswerThatGoesOnIsNotTheOneShown() {
        assertThat(Answer.is(List.of("one"), List.of("one", "two"))).isFalse();
        assertThat(Answer.is(List.of(), List.of("one"))).isFalse();
    }

    private List<Transcript> sessions(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("chapter.adoc"), text);
        return Transcript.of(file, "chapter.adoc");
    }
}
