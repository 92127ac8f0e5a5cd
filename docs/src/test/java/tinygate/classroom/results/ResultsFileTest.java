package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
    @TempDir Path directory;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Results results =
                Sample.results(Sample.scenario("keep-64-1k", Sample.entry("epoll", 30_000, 20, 4)));
        Path file = directory.resolve("results.json");
        ResultsFile.write(file, results);
        assertThat(ResultsFile.read(file)).isEqualTo(results);
    }

    @Test
    void aKeyThatIsNewDoesNotChangeTheSchema() throws Exception {
        Results results =
                Sample.results(Sample.scenario("keep-64-1k", Sample.entry("epoll", 30_000, 20, 4)));
        Path file = directory.resolve("results.json");
        ResultsFile.write(file, results);
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"warmUpSeconds\"", "\"somethingNewer\""));
        Results.Entry entry = ResultsFile.read(file).cases().get(0).entries().get(0);
        assertThat(entry.warmUpSeconds()).isZero();
        assertThat(entry.turns()).hasSize(3);
    }

    @Test
    void anotherSchemaIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("results.json"), "{\"schema\": 7}");
        assertThatThrownBy(() -> ResultsFile.read(file)).hasMessageContaining("schema 7, not 1");
    }
}
