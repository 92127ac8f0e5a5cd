package tinygate.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The search finds each section by itself. */
class SearchSectionsTest {
    @Test
    void aSectionIsFoundWithItsOwnTextOnly() throws IOException {
        String page =
                """
                <title>Lesson</title>
                <div class="sect1"><h2 id="a">First</h2><p>one</p>
                  <div class="sect2"><h3 id="b">Second</h3><p>two</p></div>
                </div>
                """;

        assertThat(SearchSections.script(Map.of("l.html", Jsoup.parse(page))))
                .contains(
                        "{\"place\":\"l.html#a\",\"page\":\"Lesson\",\"title\":\"First\","
                                + "\"text\":\"First one\"}")
                .contains(
                        "{\"place\":\"l.html#b\",\"page\":\"Lesson\",\"title\":\"Second\","
                                + "\"text\":\"Second two\"}");
    }
}
