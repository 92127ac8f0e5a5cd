package tinygate.classroom.price;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tinygate.classroom.race.Placement;
import tinygate.classroom.race.Programs;
import tinygate.classroom.results.Price;
import tinygate.classroom.results.PriceChapter;
import tinygate.classroom.results.PriceTable;
import tinygate.classroom.results.ResultsFile;

/**
 * The command line of the tool for the price of SQPOLL: {@link PriceRun} measures, {@link
 * PriceTable} shows, {@link PriceChapter} writes the pages.
 */
@Command(
        name = "price",
        description = "Measures what SQPOLL costs, beside epoll and io_uring without it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every response was right",
            "1:a response was wrong, or nothing could be measured",
            "2:the command line is wrong"
        })
final class SqPollPrice implements Callable<Integer> {
    private static final int SEND_ROUNDS = 7;

    private final Programs programs = new Programs();

    @Spec private CommandSpec spec;

    @Option(names = "--full", description = "seven rounds, counts for 30 s: about 5 minutes")
    private boolean full;

    @Option(names = "--connections", description = "clients at once under steady load")
    private int connections = 64;

    @Option(names = "--rounds", description = "turns of each gate; 3, or 7 with --full, if not set")
    private Integer rounds;

    @Option(names = "--warm-up", description = "seconds of load before at most, which do not count")
    private int warmUp = 10;

    @Option(
            names = "--count",
            description =
                    "seconds in which system calls are counted, where the poller has a processor"
                            + " of its own; 5, or 30 with --full, if not set")
    private Integer count;

    @Option(
            names = "--waits",
            description = "requests of the client that pauses; 40, or 60 with --full, if not set")
    private Integer waits;

    @Option(names = "--sends", description = "sends of each kind in a round")
    private int sends = 4_000;

    @Option(names = "--gate-cpu", description = "processor of the gates")
    private int gateCpu = 0;

    @Option(names = "--load-cpu", description = "processor of load and upstream")
    private int loadCpu = 1;

    @Option(
            names = "--poller-cpu",
            description = "the poller's own; the load's, or 2 if there are three, if not set")
    private Integer pollerCpu;

    @Option(names = "--out", description = "directory for price.json and price.adoc")
    private Path out = Path.of("docs/target/price");

    @Option(names = "--show", description = "measure nothing: show this price.json again")
    private Path show;

    /** The command line; {@code --help} says what it takes. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SqPollPrice()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        PriceScreen screen = new PriceScreen(System.out);
        try {
            Files.createDirectories(out);
            Price price = show != null ? ResultsFile.readPrice(show) : measured(screen);
            if (show == null) {
                ResultsFile.write(out.resolve("price.json"), price);
            }
            PriceChapter.write(price, out.resolve("price.adoc"));
            screen.say("");
            screen.say("%s", PriceTable.of(price));
            screen.say("Written to %s: price.adoc%s.", out, show == null ? ", price.json" : "");
            return price.right() ? 0 : 1;
        } catch (IOException e) {
            System.err.println("price: " + e.getMessage());
            return 1;
        }
    }

    private Price measured(PriceScreen screen) throws IOException, InterruptedException {
        PriceRun run = new PriceRun(plan(), programs, screen);
        Map<String, Placement> places = new LinkedHashMap<>();
        int processors = Runtime.getRuntime().availableProcessors();
        if (processors > 1 && programs.has("taskset")) {
            int own = pollerCpu != null ? pollerCpu : processors > 2 ? 2 : loadCpu;
            places.put(Price.APART, new Placement(gateCpu, loadCpu, own));
            places.put(Price.TOGETHER, new Placement(gateCpu, loadCpu, gateCpu));
        } else {
            run.without(Price.APART, "it needs two processors, and taskset to choose them");
            places.put(Price.TOGETHER, Placement.NONE);
        }
        return run.run(command(), places);
    }

    private PricePlan plan() {
        try {
            return new PricePlan(
                    connections,
                    rounds == null ? (full ? 7 : 3) : rounds,
                    Duration.ofSeconds(1),
                    warmUp,
                    Duration.ofSeconds(count == null ? (full ? 30 : 5) : count),
                    waits == null ? (full ? 60 : 40) : waits,
                    sends,
                    SEND_ROUNDS,
                    programs.has("wrk"));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** As it was given, without where the result goes: that is nobody else's concern. */
    private String command() {
        return String.join(" ", spec.commandLine().getParseResult().originalArgs())
                .replaceAll(" ?--out[ =]\\S+", "")
                .strip();
    }
}
