package tinygate.kit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Grades one exercise: compiles its files, and runs its tests in a JVM of its own on a class path
 * where these files come first and all else is the reference. Whatever they do there costs this
 * exercise alone. Safe from any thread, for different exercises.
 */
public final class Grader {
    private static final List<String> JVM =
            List.of(
                    "-XX:TieredStopAtLevel=1", // a JVM that lives for a second
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-Xmx384m",
                    "-ea:tinygate...",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=crash.log");

    /** For the whole exercise, if the child does not keep the limits of its tests itself. */
    private static final int TESTS_AT_THE_LIMIT = 12;

    private final List<Path> classPath;
    private final List<String> jvm = new ArrayList<>(JVM);

    /**
     * @param classPath the tests, this kit and the reference
     * @param jvm further arguments for the JVM
     */
    public Grader(List<Path> classPath, List<String> jvm) {
        this.classPath = List.copyOf(classPath);
        this.jvm.addAll(jvm);
    }

    /** The class path of this JVM without some of its entries. */
    public static List<Path> ownClassPath(Path... without) {
        List<Path> left = List.of(without);
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !left.contains(entry))
                .toList();
    }

    /** What the build gives a JVM in which a lesson runs. */
    public static List<String> ownJvmArguments() {
        String arguments = System.getProperty("tinygate.exercise.jvm", "").strip();
        return arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+"));
    }

    /**
     * Grades what lies below a source root.
     *
     * @param work a directory for this alone; it is emptied first
     * @param only the name of the only test method to run, or null for all
     */
    public Outcome grade(Task task, Path sources, Path work, String only)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Outcome outcome = outcome(task, sources, work, only);
        return outcome.tookMillis((System.nanoTime() - start) / 1_000_000);
    }

    private Outcome outcome(Task task, Path sources, Path work, String only)
            throws IOException, InterruptedException {
        delete(work);
        Files.createDirectories(work);
        List<Path> files = task.code().stream().map(c -> sources.resolve(Task.file(c))).toList();
        for (Path file : files) {
            if (!Files.exists(file)) {
                return Outcome.failed(
                        file.getFileName() + " is missing",
                        "There is no " + file + "\nGet it back with: git checkout " + file);
            }
        }
        Path classes = work.resolve("classes");
        Optional<String> problem = Compiler.compile(files, classPath, classes);
        if (problem.isPresent()) {
            return Outcome.failed("it does not compile", problem.get());
        }
        return run(task, work, classes, only);
    }

    private Outcome run(Task task, Path work, Path classes, String only)
            throws IOException, InterruptedException {
        Path journal = work.toAbsolutePath().resolve("journal.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add(Child.class.getName());
        command.add(journal.toString());
        command.add(classes.toAbsolutePath().toString());
        command.add(String.join(",", task.code()));
        command.add(task.tests());
        command.add(String.valueOf(task.seconds()));
        if (only != null) {
            command.add(only);
        }
        String path =
                Stream.concat(Stream.of(classes.toAbsolutePath()), classPath.stream())
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        ChildProcess.End end =
                ChildProcess.run(command, path, work, TESTS_AT_THE_LIMIT * task.seconds());
        return Verdict.of(task, Journal.read(journal), end, work.resolve("crash.log"));
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
