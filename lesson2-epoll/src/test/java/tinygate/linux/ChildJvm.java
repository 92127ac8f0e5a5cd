package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a test's program in a JVM of its own, where limits and tracers do not touch the tests. */
final class ChildJvm {
    private ChildJvm() {}

    /** What the program printed; it must end by itself, with success, within a minute. */
    static String run(Path directory, List<String> launcher, Class<?> program) throws Exception {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the child has ended").isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        assertThat(errors).as("warnings of the child").isEmptyFile();
        return Files.readString(output).strip();
    }
}
