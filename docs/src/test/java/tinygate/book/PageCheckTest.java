package tinygate.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page with a fault does not get into the book. */
class PageCheckTest {
    private static final String MENU = "<div id='chapters'><a href='a.html'>A</a></div>";

    @TempDir private Path directory;

    @Test
    void aPageWithoutFaultsHasNone() throws IOException {
        assertThat(faults(MENU + "<h2 id='x'>X</h2><a href='#x'>x</a><a href='a.html#x'>x</a>"))
                .isEmpty();
    }

    @Test
    void aLinkToNoFileIsAFault() throws IOException {
        assertThat(faults(MENU + "<a href='b.html'>b</a>"))
                .containsExactly("a.html: the link b.html leads to no file of the book");
    }

    @Test
    void aLinkToNoPlaceOnAPageIsAFault() throws IOException {
        assertThat(faults(MENU + "<a href='a.html#nowhere'>x</a>"))
                .containsExactly("a.html: the link a.html#nowhere leads to no place on that page");
    }

    @Test
    void aLinkOutOfTheBookIsNoFault() throws IOException {
        assertThat(faults(MENU + "<a href='https://example.org/#x'>x</a>")).isEmpty();
    }

    @Test
    void anIdThatIsThereTwiceIsAFault() throws IOException {
        assertThat(faults(MENU + "<p id='x'></p><p id='x'></p>"))
                .containsExactly("a.html: the id x is there twice");
    }

    @Test
    void aPartFromTheNetworkIsAFault() throws IOException {
        assertThat(faults(MENU + "<script src='https://example.org/x.js'></script>"))
                .containsExactly(
                        "a.html: https://example.org/x.js would be loaded from the network");
    }

    @Test
    void aPictureThatIsNotThereIsAFault() throws IOException {
        assertThat(faults(MENU + "<img src='images/none.svg'>"))
                .containsExactly("a.html: there is no file images/none.svg");
    }

    @Test
    void aPageThatTheMenuDoesNotNameIsAFault() throws IOException {
        assertThat(faults("<div id='chapters'></div>"))
                .containsExactly("a.html: the menu (docinfo-header.html) does not name this page");
    }

    private Iterable<String> faults(String body) throws IOException {
        Files.writeString(directory.resolve("a.html"), body);
        return new PageCheck(directory, Map.of("a.html", Jsoup.parse(body))).faults();
    }
}
