package tinygate.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles the few files of one exercise, so that what does not compile costs it alone. */
public final class Compiler {
    private static final List<String> OPTIONS =
            List.of("--release", "17", "-proc:none", "-implicit:none", "-g", "-nowarn");

    private Compiler() {}

    /**
     * @param classPath what the files may refer to
     * @return what is wrong with them, or nothing if they were compiled
     */
    public static Optional<String> compile(
            List<Path> files, Collection<Path> classPath, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return Optional.of("this is a JRE without a compiler: run Maven with a JDK");
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            Files.createDirectories(classes);
            manager.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            boolean compiled =
                    compiler.getTask(
                                    null,
                                    manager,
                                    problems,
                                    OPTIONS,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files))
                            .call();
            return compiled ? Optional.empty() : Optional.of(describe(problems));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(DiagnosticCollector<JavaFileObject> problems) {
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .limit(3)
                .map(problem -> problem.toString().replace("\t", "    ").strip())
                .collect(Collectors.joining("\n"));
    }
}
