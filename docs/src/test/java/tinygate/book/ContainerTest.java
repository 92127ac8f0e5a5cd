package tinygate.book;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The container's files agree with the chapter that tells how to use them. */
class ContainerTest {
    private static final Path FILES = Path.of("../.devcontainer");
    private static final Path CHAPTER = Path.of("src/docs/asciidoc/before-you-start.adoc");
    private static final int CLONE_NEWUSER = 0x1000_0000; // linux/sched.h

    private final JsonNode profile = read("seccomp.json");
    private final List<String> denied =
            profile.findValues("names").stream().flatMap(names -> texts(names).stream()).toList();

    ContainerTest() throws IOException {}

    @Test
    void theProfileAllowsRings() {
        assertThat(profile.path("defaultAction").asText()).isEqualTo("SCMP_ACT_ALLOW");
        assertThat(denied).doesNotContain("io_uring_setup", "io_uring_enter", "io_uring_register");
    }

    @Test
    void theProfileLeavesNoWayIntoANewUserNamespace() {
        assertThat(denied).contains("clone", "clone3", "setns", "unshare");
        JsonNode flags = profile.findValue("args").get(0); // of clone, the only one with conditions
        assertThat(flags.path("value").asInt()).isEqualTo(CLONE_NEWUSER);
        assertThat(flags.path("valueTwo").asInt()).isEqualTo(CLONE_NEWUSER);
    }

    @Test
    void theChapterGivesTheSameCapabilitiesAsTheDevContainer() throws IOException {
        List<String> capabilities = texts(read("devcontainer.json").path("capAdd"));
        String options = "--cap-add " + String.join(" --cap-add ", capabilities);
        assertThat(Files.readString(CHAPTER)).contains(options + " tinygate");
    }

    private static JsonNode read(String name) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);
        return mapper.readTree(FILES.resolve(name).toFile());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
