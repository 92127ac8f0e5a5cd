package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandContenderTest {
    @Test
    void portAndUpstreamAreFilledIn() {
        CommandContender mine =
                CommandContender.parse("mine=java -Da=b Mine --listen 127.0.0.1:{port} {upstream}");
        assertThat(mine.name()).isEqualTo("mine");
        assertThat(mine.words(81, "127.0.0.1:82"))
                .containsExactly(
                        "java", "-Da=b", "Mine", "--listen", "127.0.0.1:81", "127.0.0.1:82");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java {port}", "=java {port}", "mine=java", "muchtoolong=java {port}"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> CommandContender.parse(text)).hasMessageContaining("name=command");
    }
}
