package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.classroom.ChildProcess;

@Timeout(60)
class TemplateTest {
    @TempDir Path directory;

    @Test
    void blanksAreFilled() {
        assertThat(Template.fill("listen ${port}; $host ${port}", Map.of("port", "80")))
                .isEqualTo("listen 80; $host 80");
    }

    @Test
    void aBlankThatNobodyFillsIsRefused() {
        assertThatThrownBy(() -> Template.fill("listen ${port}", Map.of()))
                .hasMessageContaining("${port}");
    }

    @Test
    void theLineOfAnUpstreamStandsThereOnceForEach() {
        String text = "a\n server s${number} ${upstream};\nb\n";
        assertThat(Template.forEach(List.of("x:1", "y:2"), text))
                .isEqualTo("a\n server s1 x:1;\n server s2 y:2;\nb\n");
        assertThat(Template.forEach(List.of(), text)).isEqualTo("a\nb\n");
    }

    @ParameterizedTest
    @CsvSource({"nginx,nginx.conf,-t -c", "nginx,upstream.conf,-t -c", "haproxy,haproxy.cfg,-c -f"})
    void thePeerAcceptsItsConfiguration(String peer, String template, String options)
            throws Exception {
        Programs programs = new Programs();
        assumeTrue(programs.has(peer), peer + " is not installed");
        Path file =
                Template.write(
                        template,
                        directory,
                        Map.of(
                                "user", System.getProperty("user.name"),
                                "directory", directory.toString(),
                                "port", "1",
                                "connections", "100",
                                "files", "300"),
                        List.of("127.0.0.1:2", "127.0.0.1:3"));
        String[] checks = options.split(" ");
        List<String> command =
                List.of(
                        programs.find(peer).orElseThrow().toString(),
                        checks[0],
                        checks[1],
                        "" + file);
        try (ChildProcess child = ChildProcess.start(command, line -> {})) {
            assertThat(child.ended().get(30, TimeUnit.SECONDS)).as(child.output()).isZero();
        }
    }
}
