package tinygate.classroom.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tinygate.classroom.race.RacePlan.Generator;
import tinygate.classroom.results.Agreement;
import tinygate.classroom.results.Chapter;
import tinygate.classroom.results.Results;
import tinygate.classroom.results.ResultsFile;

/**
 * The race's command line: all gates, nginx and HAProxy in one run, beside each other. {@link
 * RaceRun} races, {@link RaceScreen} shows, {@link Chapter} writes the pages.
 */
@Command(
        name = "race",
        description = "Measures all gates, nginx, HAProxy and a bare relay in turns.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every response was right",
            "1:a response was wrong, nothing could be measured, or two runs do not agree",
            "2:the command line is wrong"
        })
final class Race implements Callable<Integer> {
    private final Programs programs = new Programs();

    @Spec private CommandSpec spec;

    @Option(names = "--full", description = "the whole matrix in seven rounds, about 22 minutes")
    private boolean full;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "kind[-connections[-bytes]]",
            description =
                    "what to race, as in keep-64-1k,pipelined-256; kinds: keep, close, pipelined,"
                            + " neighbour, dear, rate, delayed, slow, idle",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<String> scenarios = List.of();

    @Option(
            names = "--gates",
            split = ",",
            paramLabel = "name",
            description = "workers, epoll, netty, iouring, netty-io, sqpoll; or none")
    private List<String> gates = List.of(Contenders.EVERY);

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "name",
            description = "nginx, haproxy, relay; or none")
    private List<String> peers = List.of(Contenders.EVERY);

    @Option(
            names = "--also",
            paramLabel = "name=command",
            description =
                    "another proxy, with {port} and {upstream} in its command; can be repeated")
    private List<String> others = List.of();

    @Option(names = "--rounds", description = "turns of each; 3, or 7 with --full, if not set")
    private Integer rounds;

    @Option(names = "--seconds", description = "how long a turn is")
    private int seconds = 1;

    @Option(
            names = "--warm-up",
            description =
                    "seconds of load before at most, which do not count: it ends when a request"
                            + " gets no cheaper; 6, or 10 with --full, if not set")
    private Integer warmUp;

    @Option(names = "--rate", description = "requests a second where the rate is fixed")
    private int rate = 5_000;

    @Option(names = "--workers", description = "workers of lesson 1's gate")
    private int workers = 700;

    @Option(
            names = "--load",
            description =
                    "wrk, own, or both in turn to compare them; wrk where it is installed, if not"
                            + " set")
    private String load;

    @Option(names = "--gate-cpu", description = "processor of the contenders; -1 for any")
    private Integer gateCpu;

    @Option(names = "--load-cpu", description = "processor of load and upstream; -1 for any")
    private Integer loadCpu;

    @Option(
            names = "--poller-cpu",
            description = "processor of the poller; the contenders' if not set")
    private Integer pollerCpu;

    @Option(names = "--out", description = "directory for results.json, results.adoc and pictures")
    private Path out = Path.of("docs/target/race");

    @Option(names = "--show", description = "no race: show this results.json, and write its pages")
    private Path show;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "file",
            description = "no race: say whether two results.json agree; exit code 1 if not")
    private List<Path> compared = List.of();

    /** The command line; {@code --help} says what it takes. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Race()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        RaceScreen screen = new RaceScreen(System.out);
        try {
            if (!compared.isEmpty()) {
                return agree(screen) ? 0 : 1;
            }
            Files.createDirectories(out);
            Results results = show != null ? shown(screen) : raced(screen);
            if (show == null) {
                ResultsFile.write(out.resolve("results.json"), results);
            }
            Chapter.write(results, out.resolve("results.adoc"), out);
            screen.say(
                    "Written to %s: results.adoc and its pictures%s.",
                    out, show == null ? ", results.json" : "");
            return results.right() ? 0 : 1;
        } catch (IOException e) {
            System.err.println("race: " + e.getMessage());
            return 1;
        }
    }

    private boolean agree(RaceScreen screen) throws IOException {
        Agreement agreement =
                Agreement.of(ResultsFile.read(compared.get(0)), ResultsFile.read(compared.get(1)));
        agreement.lines().forEach(line -> screen.say("%s", line));
        return agreement.holds();
    }

    private Results shown(RaceScreen screen) throws IOException {
        Results results = ResultsFile.read(show);
        results.cases().forEach(screen::ended);
        return results;
    }

    private Results raced(RaceScreen screen) throws IOException, InterruptedException {
        RacePlan plan = plan();
        Placement placement = placement();
        placement.bindThisJvm();
        try (Lab lab = new Lab(programs, placement, plan.bodies())) {
            Machine machine = new Machine(programs);
            return new RaceRun(plan, lab, programs, screen)
                    .run(machine.circumstances(command(), lab, plan.rounds(), plan.turn()));
        }
    }

    /** As it was given, without where the result goes: that is nobody else's concern. */
    private String command() {
        return String.join(" ", spec.commandLine().getParseResult().originalArgs())
                .replaceAll(" ?--out[ =]\\S+", "")
                .strip();
    }

    private RacePlan plan() {
        int turns = rounds == null ? (full ? 7 : 3) : rounds;
        check("--rounds", turns, 1, 100);
        check("--seconds", seconds, 1, 60);
        int warmUpSeconds = warmUp == null ? (full ? 10 : 6) : warmUp;
        check("--warm-up", warmUpSeconds, 0, 60);
        check("--rate", rate, 1, 100_000);
        check("--workers", workers, 1, 4_000);
        return new RacePlan(
                contenders(),
                chosen(),
                turns,
                Duration.ofSeconds(seconds),
                warmUpSeconds,
                rate,
                workers + 100,
                loads());
    }

    private List<Scenario> chosen() {
        if (scenarios.isEmpty()) {
            return full ? Scenario.FULL : Scenario.SHORT;
        }
        return read("--scenarios", () -> scenarios.stream().map(Scenario::parse).toList());
    }

    private List<Contender> contenders() {
        Contenders known = new Contenders(programs, workers);
        List<Contender> all = new ArrayList<>();
        all.addAll(read("--peers", () -> known.peers(peers)));
        all.addAll(read("--gates", () -> known.gates(gates)));
        all.addAll(read("--also", () -> others.stream().map(CommandContender::parse).toList()));
        if (all.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "nobody races: give --gates or --peers");
        }
        return all;
    }

    /** What is wrong with a value becomes what is wrong with the command line. */
    private <T> T read(String option, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
        }
    }

    private List<Generator> loads() {
        boolean installed = programs.has("wrk");
        String wish = load == null ? (installed ? "wrk" : "own") : load;
        List<Generator> loads =
                switch (wish) {
                    case "wrk" -> List.of(Generator.WRK);
                    case "own" -> List.of(Generator.OWN);
                    case "both" -> List.of(Generator.WRK, Generator.OWN);
                    default ->
                            throw new ParameterException(
                                    spec.commandLine(), "--load " + load + ": wrk, own or both");
                };
        if (loads.contains(Generator.WRK) && !installed) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--load " + load + ": wrk is not installed (apt install wrk)");
        }
        return loads;
    }

    private Placement placement() {
        boolean possible =
                programs.has("taskset") && Runtime.getRuntime().availableProcessors() > 1;
        int gate = gateCpu == null ? (possible ? 0 : -1) : gateCpu;
        int other = loadCpu == null ? (possible ? 1 : -1) : loadCpu;
        check("--gate-cpu", gate, -1, 4095);
        check("--load-cpu", other, -1, 4095);
        int poller = pollerCpu == null ? gate : pollerCpu;
        check("--poller-cpu", poller, -1, 4095);
        return new Placement(gate, other, poller);
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s %d: give %d to %d".formatted(option, value, least, most));
        }
    }
}
