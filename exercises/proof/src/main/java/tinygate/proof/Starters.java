package tinygate.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The starters of all exercises: for each marked class of a lesson a file of the same name in the
 * module of the same name below {@code exercises}.
 */
final class Starters {
    private static final Path SOURCES = Path.of("src/main/java");

    private Starters() {}

    /** Writes them anew, and removes what is none any more. */
    public static void main(String... arguments) throws IOException {
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        for (Path lesson : lessons(root)) {
            Path target = target(root, lesson);
            Map<Path, Cutter.Starter> starters = cut(lesson);
            for (Path file : javaFiles(target)) {
                if (!starters.containsKey(target.relativize(file))) {
                    Files.delete(file);
                }
            }
            for (Map.Entry<Path, Cutter.Starter> starter : starters.entrySet()) {
                Path file = target.resolve(starter.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, starter.getValue().text());
                System.out.println(starter.getValue().exercise() + "  " + root.relativize(file));
            }
        }
    }

    /** The lessons that have exercises. */
    static List<Path> lessons(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(path -> path.getFileName().toString().startsWith("lesson"))
                    .filter(path -> Files.exists(module(root, path).resolve("pom.xml")))
                    .sorted()
                    .toList();
        }
    }

    /** Where the starters of a lesson are. */
    static Path target(Path root, Path lesson) {
        return module(root, lesson).resolve(SOURCES);
    }

    private static Path module(Path root, Path lesson) {
        return root.resolve("exercises").resolve(lesson.getFileName());
    }

    /** What the starters of a lesson should be, by their place below the source root. */
    static Map<Path, Cutter.Starter> cut(Path lesson) throws IOException {
        Path sources = lesson.resolve(SOURCES);
        Map<Path, Cutter.Starter> starters = new TreeMap<>();
        for (Path file : javaFiles(sources)) {
            try {
                Cutter.cut(Files.readString(file))
                        .ifPresent(starter -> starters.put(sources.relativize(file), starter));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        }
        return starters;
    }

    static List<Path> javaFiles(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return new ArrayList<>();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.toString().endsWith(".java")).sorted().toList();
        }
    }
}
