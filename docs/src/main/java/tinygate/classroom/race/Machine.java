package tinygate.classroom.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tinygate.classroom.results.Circumstances;

/** Asks this machine what a reader of the result has to know about it. */
public final class Machine {
    private final Programs programs;

    public Machine(Programs programs) {
        this.programs = programs;
    }

    /**
     * @param command the options of the tool that measures
     * @param turn how long a measured window is
     */
    public Circumstances circumstances(String command, Lab lab, int rounds, Duration turn)
            throws IOException, InterruptedException {
        return new Circumstances(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                command,
                processor(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.runtime.version")
                        + ", "
                        + System.getProperty("java.vendor"),
                versions(),
                lab.placement().toString(),
                lab.upstreamTitle(),
                rounds,
                (int) turn.toSeconds(),
                0,
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
    }

    /**
     * The model where the kernel tells it (not on aarch64), and how many there are: of these the
     * JVM of the race sees only its own.
     */
    private static String processor() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
        String model =
                lines.stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
        long count = lines.stream().filter(line -> line.matches("processor\\s*:.*")).count();
        return model + ", number of processors: " + count;
    }

    private Map<String, String> versions() throws InterruptedException {
        Map<String, String> versions = new TreeMap<>();
        Map<String, String> options =
                Map.of("nginx", "-v", "haproxy", "-v", "wrk", "-v", "perf", "--version");
        for (Map.Entry<String, String> entry : options.entrySet()) {
            String version = programs.version(entry.getKey(), entry.getValue());
            if (!version.isEmpty()) {
                versions.put(
                        entry.getKey(), version.replaceAll("( - http| Copyright).*", "").strip());
            }
        }
        return versions;
    }
}
