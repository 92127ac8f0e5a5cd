package tinygate.contract;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The table of rules in this package's documentation is true, and every rule is in it. */
class RuleTableTest {
    private static final Path ROOT = Path.of("src/test/java");
    private static final Path TABLE = ROOT.resolve("tinygate/contract/package-info.java");
    private static final Pattern CODE = Pattern.compile("\\{@code (tinygate[.\\w]+)}");
    private static final Pattern LINK = Pattern.compile("\\{@link (\\w+)}");

    static List<String> rules() {
        return Stream.of(
                        IntStream.rangeClosed(1, 15).mapToObj(n -> "H" + n),
                        IntStream.rangeClosed(1, 12).mapToObj(n -> "P" + n),
                        Stream.of("survival"))
                .flatMap(all -> all)
                .toList();
    }

    private static Stream<Method> tests() {
        return Arrays.stream(GateContract.class.getInterfaces())
                .flatMap(theme -> Arrays.stream(theme.getDeclaredMethods()))
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theTableNamesWhereARuleIsTested(String rule) throws IOException {
        String cells =
                Files.readAllLines(TABLE).stream()
                        .filter(line -> line.contains("<td>" + rule + "<td>"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(rule + " is not in the table"));
        TreeSet<String> themes =
                tests().filter(test -> test.getAnnotation(Tag.class).value().equals(rule))
                        .map(test -> test.getDeclaringClass().getSimpleName())
                        .collect(toCollection(TreeSet::new));
        assertThat(LINK.matcher(cells).results().map(link -> link.group(1)))
                .containsExactlyInAnyOrderElementsOf(themes);
        List<Path> elsewhere =
                CODE.matcher(cells)
                        .results()
                        .map(name -> ROOT.resolve(name.group(1).replace('.', '/') + ".java"))
                        .toList();
        assertThat(elsewhere).allSatisfy(file -> assertThat(file).exists());
        assertThat(themes.size() + elsewhere.size()).as("tests of %s", rule).isPositive();
    }

    @Test
    void everyTestIsTaggedWithARule() {
        assertThat(tests())
                .isNotEmpty()
                .allSatisfy(
                        test ->
                                assertThat(test.getAnnotationsByType(Tag.class))
                                        .extracting(Tag::value)
                                        .isSubsetOf(rules())
                                        .hasSize(1));
    }
}
