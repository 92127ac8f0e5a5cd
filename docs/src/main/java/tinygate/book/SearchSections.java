package tinygate.book;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The sections of all pages with their text, as a script: a page that was opened as a file may not
 * fetch anything, but it may load a script. The browser makes an index of them with lunr.
 */
final class SearchSections {
    private static final String SECTIONS = ".sect1, .sect2, .sect3";

    private SearchSections() {}

    /**
     * @param pages by their file names
     */
    static String script(Map<String, Document> pages) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ArrayNode sections = json.createArrayNode();
        pages.forEach(
                (name, page) ->
                        page.select(SECTIONS).forEach(section -> add(sections, name, section)));
        return "const bookSections = " + json.writeValueAsString(sections) + ";\n";
    }

    private static void add(ArrayNode sections, String page, Element section) {
        Element heading = section.selectFirst("h2, h3, h4");
        if (heading == null || heading.id().isEmpty()) {
            return;
        }
        Element own = section.clone(); // without the sections inside, which are found by themselves
        own.select(SECTIONS).stream().filter(inner -> inner != own).forEach(Element::remove);
        sections.addObject()
                .put("place", page + "#" + heading.id())
                .put("page", section.ownerDocument().title())
                .put("title", heading.text())
                .put("text", own.text());
    }
}
