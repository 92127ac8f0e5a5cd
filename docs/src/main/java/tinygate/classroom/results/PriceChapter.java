package tinygate.classroom.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Part;

/**
 * The price of SQPOLL as a section of the book. The build of the book calls it with the {@code
 * price.json} that is in the repository.
 */
public final class PriceChapter {
    private PriceChapter() {}

    /**
     * @param args the {@code price.json}, which may be missing, and the file to write
     */
    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        Path file = Path.of(args[1]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(from)) {
            write(ResultsFile.readPrice(from), file);
        } else {
            Files.writeString(
                    file,
                    "No price is in the repository yet: measure it yourself, as"
                            + " xref:measuring.adoc#price[How we measure] says.\n");
        }
    }

    /** Writes the pages of a price. */
    public static void write(Price price, Path file) throws IOException {
        Files.writeString(file, text(price));
    }

    static String text(Price price) {
        Adoc adoc = new Adoc();
        List<List<String>> findings = new ArrayList<>();
        findings.add(List.of("said", "measured", "finding"));
        for (PriceFindings.Finding finding : PriceFindings.of(price)) {
            String measured = String.join(" +\n", finding.measured());
            findings.add(List.of(finding.said(), measured, finding.verdict()));
        }
        adoc.table("4,5,2", findings);
        price.parts().forEach(part -> part(adoc, part));
        if (!price.sends().isEmpty()) {
            adoc.section(3, "Sends");
            table(adoc, PriceRows.of(price.sends()));
        }
        adoc.section(3, "Circumstances of the price");
        adoc.table("1,3", Chapter.circumstances(price.circumstances(), price.absent()));
        return adoc.toString();
    }

    private static void part(Adoc adoc, Part part) {
        adoc.section(3, "Poller and gate " + part.name());
        adoc.line("* %s", part.placement());
        adoc.line("* load: %s", part.load());
        part.gates().forEach(gate -> adoc.line("* %s: %s", gate.name(), gate.title()));
        adoc.line("");
        for (Gate gate : part.gates()) {
            gate.busy().faults().forEach(fault -> adoc.line("%s is void: %s.", gate.name(), fault));
        }
        PriceRows.of(part).forEach(table -> table(adoc, table));
    }

    private static void table(Adoc adoc, PriceRows table) {
        adoc.line("").line(".%s", table.title());
        int columns = table.rows().get(0).size();
        adoc.table("<2" + ",>2".repeat(columns - 2) + ",>3", table.rows());
    }
}
