package tinygate.classroom.race;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tinygate.classroom.ChildProcess;

/** The programs of this machine that the race can use: where they are, and which version. */
public final class Programs {
    private static final int LIMIT_SECONDS = 10;

    private final String path;

    public Programs() {
        // Debian keeps daemons where only root's PATH looks.
        this(
                System.getenv("PATH")
                        + File.pathSeparator
                        + "/usr/sbin"
                        + File.pathSeparator
                        + "/sbin");
    }

    /**
     * @param path directories, separated as in PATH
     */
    Programs(String path) {
        this.path = path;
    }

    Optional<Path> find(String name) {
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public boolean has(String name) {
        return find(name).isPresent();
    }

    /** The first line that it prints when asked, empty if it is not there or does not answer. */
    String version(String name, String option) throws InterruptedException {
        Optional<Path> program = find(name);
        if (program.isEmpty()) {
            return "";
        }
        List<String> command = new ArrayList<>(List.of(program.get().toString(), option));
        try (ChildProcess child = ChildProcess.start(command, line -> {})) {
            child.ended().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return child.output().lines().findFirst().orElse("");
        } catch (IOException | ExecutionException | TimeoutException e) {
            return "";
        }
    }
}
