package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceChapterTest {
    private static final Price PRICE =
            PriceSample.price(
                    List.of(
                            PriceSample.part(
                                    Price.TOGETHER,
                                    PriceSample.polled("sqpoll", 30, 9),
                                    PriceSample.faulty("epoll"))),
                    PriceSample.sends(1_024, 100L, 1.5));

    @TempDir Path directory;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Path file = directory.resolve("price.json");
        ResultsFile.write(file, PRICE);
        assertThat(ResultsFile.readPrice(file)).isEqualTo(PRICE);
    }

    @Test
    void anotherSchemaIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("price.json"), "{\"schema\": 7}");
        assertThatThrownBy(() -> ResultsFile.readPrice(file)).hasMessageContaining("schema 7");
    }

    @Test
    void itsPageHasFindingsTablesAndCircumstances() throws Exception {
        Path json = directory.resolve("price.json");
        ResultsFile.write(json, PRICE);
        Path page = directory.resolve("pages/price.adoc");
        PriceChapter.main(new String[] {json.toString(), page.toString()});
        assertThat(Files.readString(page))
                .contains("|said\n|measured\n|finding")
                .contains("=== Poller and gate together")
                .contains("|sqpoll\n|10,000\n|30.0\n|15.0\n")
                .contains("epoll is void: 503 instead of 200.")
                .contains("|1,024\n|1,000\n|1,500\n")
                .contains("|without a gate\n|it has no ring");
    }

    @Test
    void withoutAPriceItSaysHowToGetOne() throws Exception {
        Path page = directory.resolve("price.adoc");
        PriceChapter.main(new String[] {"/nowhere/price.json", page.toString()});
        assertThat(Files.readString(page)).contains("No price is in the repository yet");
    }
}
