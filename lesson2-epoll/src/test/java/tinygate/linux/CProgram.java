package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks this machine's own headers for the values of C expressions, by compiling a program. */
public final class CProgram {
    private static final String INCLUDES =
            """
            #define _GNU_SOURCE
            #include <errno.h>
            #include <linux/io_uring.h>
            #include <linux/version.h>
            #include <netinet/in.h>
            #include <netinet/tcp.h>
            #include <poll.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <sys/epoll.h>
            #include <sys/eventfd.h>
            #include <sys/mman.h>
            #include <sys/socket.h>
            #include <sys/uio.h>
            """;

    private CProgram() {}

    /** The value of each expression; the test is skipped where there is no C compiler. */
    public static Map<String, Long> values(List<String> expressions, Path directory)
            throws Exception {
        String compiler =
                Stream.of("cc", "gcc", "clang").filter(CProgram::isThere).findFirst().orElse(null);
        assumeTrue(
                compiler != null,
                "no C compiler here to compare with the headers: install gcc to run this test");
        Path source = directory.resolve("values.c");
        Files.writeString(
                source,
                expressions.stream()
                        .map(
                                e ->
                                        "printf(\"%lld\\t%s\\n\", (long long) ("
                                                + e
                                                + "), \""
                                                + e
                                                + "\");")
                        .collect(Collectors.joining("\n", INCLUDES + "int main() {\n", "}\n")));
        Path program = directory.resolve("values");
        run(compiler, "-o", program.toString(), source.toString());
        Map<String, Long> values = new TreeMap<>();
        for (String line : run(program.toString()).split("\n")) {
            String[] valueAndExpression = line.split("\t");
            values.put(valueAndExpression[1], Long.parseLong(valueAndExpression[0]));
        }
        return values;
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
