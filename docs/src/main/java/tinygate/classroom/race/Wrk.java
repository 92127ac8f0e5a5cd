package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tinygate.HostPort;
import tinygate.classroom.ChildProcess;

/**
 * The load generator wrk, a closed loop that costs less processor time than one in Java. It checks
 * the status of each response and that it ends; the lengths are checked here, by their sum.
 */
final class Wrk implements LoadSource {
    private static final int GRACE_SECONDS = 15;
    private static final int MOST_HEAD_BYTES = 1_000;

    /** The line that {@code wrk.lua} prints. */
    private static final Pattern FIGURES =
            Pattern.compile("figures" + " ([0-9]+)".repeat(8) + " ([0-9.]+)".repeat(3));

    private static final List<String> ERRORS =
            List.of("not connected", "not read", "not sent", "wrong status", "timed out");

    private final String title;
    private final List<String> launcher;
    private final Path program;
    private final Path script;

    /**
     * @throws IOException if wrk is not installed, or its script cannot be written
     */
    Wrk(Programs programs, Lab lab) throws IOException, InterruptedException {
        program = programs.find("wrk").orElseThrow(() -> new IOException("wrk is not installed"));
        title = programs.version("wrk", "-v").replaceAll(" Copyright.*", "");
        launcher = lab.placement().launchLoad();
        script = Template.write("wrk.lua", lab.directory(), Map.of(), List.of());
    }

    @Override
    public String name() {
        return "wrk";
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String obstacle(Scenario scenario) {
        return "";
    }

    @Override
    public Outcome run(InetSocketAddress target, Scenario scenario, Duration time)
            throws IOException, InterruptedException {
        try (ChildProcess wrk = ChildProcess.start(command(target, scenario, time), line -> {})) {
            int code = wrk.ended().get(time.toSeconds() + GRACE_SECONDS, TimeUnit.SECONDS);
            if (code != 0) {
                throw new IOException("wrk ended with exit code " + code + ":\n" + wrk.output());
            }
            return outcome(wrk.output(), scenario);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("wrk did not end in time", e);
        }
    }

    private List<String> command(InetSocketAddress target, Scenario scenario, Duration time) {
        List<String> command = new ArrayList<>(launcher);
        command.add(program.toString());
        command.addAll(List.of("-t", "1", "-c", Integer.toString(scenario.connections())));
        command.addAll(List.of("-d", time.toSeconds() + "s", "--timeout", "10s"));
        command.addAll(List.of("-s", script.toString()));
        if (scenario.kind() == Scenario.Kind.CLOSE) {
            command.addAll(List.of("-H", "Connection: close"));
        }
        command.add("http://" + HostPort.of(target) + scenario.path());
        command.addAll(List.of("--", Integer.toString(scenario.pipelined())));
        return command;
    }

    /**
     * @throws IOException if wrk printed no figures
     */
    static Outcome outcome(String output, Scenario scenario) throws IOException {
        Matcher figures = FIGURES.matcher(output);
        if (!figures.find()) {
            throw new IOException("wrk printed no figures:\n" + output);
        }
        long requests = Long.parseLong(figures.group(1));
        long bytes = Long.parseLong(figures.group(3));
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < ERRORS.size(); i++) {
            String count = figures.group(4 + i);
            if (!count.equals("0")) {
                faults.add(ERRORS.get(i) + ", " + count + " times");
            }
        }
        int bodyBytes = scenario.bodyBytes();
        long least = requests * bodyBytes;
        long begun = (long) scenario.connections() * scenario.pipelined(); // when the time was up
        long most = (requests + begun) * MOST_HEAD_BYTES + least + begun * bodyBytes;
        if (bytes < least || bytes > most) {
            faults.add(
                    "%d bytes came for %d bodies of %d bytes each"
                            .formatted(bytes, requests, bodyBytes));
        }
        return new Outcome(
                Long.parseLong(figures.group(2)) / 1e6,
                requests,
                Double.parseDouble(figures.group(9)),
                Double.parseDouble(figures.group(10)),
                Double.parseDouble(figures.group(11)),
                0,
                faults);
    }
}
