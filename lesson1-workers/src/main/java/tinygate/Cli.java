package tinygate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line that every lesson shares: turns options and a settings file into {@link
 * Settings}, and hands them with the chosen engine to a {@link Launcher}.
 */
@Command(
        name = "tinygate",
        description = "A small HTTP/1.1 reverse proxy. Without upstreams it starts two of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n")
public final class Cli implements Callable<Integer> {
    private static final String ENGINE = "--engine";
    private static final String PREFLIGHT = "--preflight";

    private final Map<String, Function<Settings, Gate>> engines;
    private final Supplier<? extends Readiness> preflight; // null without

    @Spec private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "host:port",
            description = "where clients connect; 127.0.0.1:8080 if not set, port 0 for a free one")
    private String listen;

    @Option(
            names = "--upstream",
            paramLabel = "host:port",
            description = "a server that gets the requests, in turn with others; can be repeated")
    private List<String> upstreams;

    @Option(
            names = "--config",
            paramLabel = "file.yaml",
            description = "read settings from a file; options override it")
    private Path config;

    @Option(names = "--check", description = "check the settings, print them all, and stop")
    private boolean check;

    @Option(
            names = "--admin",
            paramLabel = "host:port",
            description = "serve /healthz and /metrics there")
    private String admin;

    @Option(
            names = "--workers",
            paramLabel = "N|virtual",
            description = "how many connections lesson 1 serves at once; virtual needs JDK 21")
    private String workers;

    @Option(
            names = "--poller-cpu",
            paramLabel = "N",
            description = "the processor that lesson 4's poller runs on; any if not set")
    private String pollerCpu;

    @Option(
            names = "--poller-idle-millis",
            paramLabel = "N",
            description = "how long lesson 4's poller looks for work before it sleeps")
    private String pollerIdleMillis;

    @Option(
            names = "--busy-wait-micros",
            paramLabel = "N",
            description = "how long lesson 4's loops look for results before they sleep")
    private String busyWaitMicros;

    @Option(names = "--access-log", description = "print a line for each request")
    private boolean accessLog;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "override any other key of the file, as in timeouts.headMillis=5000")
    private Map<String, String> others = new LinkedHashMap<>();

    private Cli(
            Map<String, Function<Settings, Gate>> engines,
            Supplier<? extends Readiness> preflight) {
        this.engines = engines;
        this.preflight = preflight;
    }

    /**
     * Runs a gate until a signal stops it.
     *
     * @param engines how to make each gate, by name; the first is the default, so that a map of
     *     several must keep its order, as a {@link LinkedHashMap} does
     * @return the code to exit with, see {@code --help}
     */
    public static int run(String[] args, Map<String, Function<Settings, Gate>> engines) {
        return run(args, engines, null);
    }

    /**
     * As above, for engines that do not run on every machine.
     *
     * @param preflight what {@code --preflight} prints; the engines' constructors ask by themselves
     */
    public static int run(
            String[] args,
            Map<String, Function<Settings, Gate>> engines,
            Supplier<? extends Readiness> preflight) {
        return run(
                args,
                engines,
                preflight,
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true));
    }

    static int run(
            String[] args,
            Map<String, Function<Settings, Gate>> engines,
            Supplier<? extends Readiness> preflight,
            PrintWriter out,
            PrintWriter err) {
        CommandLine line = new CommandLine(new Cli(engines, preflight)).setOut(out).setErr(err);
        if (engines.size() > 1) {
            line.getCommandSpec().addOption(engineOption(engines));
        }
        if (preflight != null) {
            line.getCommandSpec().addOption(preflightOption());
        }
        line.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
        line.setParameterExceptionHandler(Cli::misused);
        return line.execute(args);
    }

    @Override
    public Integer call() {
        if (spec.commandLine().getParseResult().hasMatchedOption(PREFLIGHT)) {
            return printPreflight().number();
        }
        try {
            Settings settings = SettingsFile.read(config, overrides());
            String engine =
                    spec.commandLine()
                            .getParseResult()
                            .matchedOptionValue(ENGINE, engines.keySet().iterator().next());
            Launcher launcher =
                    new Launcher(engine, engines.get(engine), spec.commandLine().getOut());
            if (check) {
                launcher.check(settings);
            } else {
                launcher.runUntilSignal(settings);
            }
            return ExitCode.OK.number();
        } catch (StartException e) {
            spec.commandLine().getErr().println("tinygate: " + e.getMessage());
            return e.exitCode().number();
        } catch (InterruptedException e) {
            return ExitCode.FAILED.number();
        }
    }

    private ExitCode printPreflight() {
        Readiness readiness = preflight.get();
        spec.commandLine().getOut().print(readiness.table());
        spec.commandLine().getOut().flush();
        return readiness.ok() ? ExitCode.OK : ExitCode.UNSUPPORTED;
    }

    /**
     * The options in the form of a settings file, where they are read and checked like its keys.
     */
    private ObjectNode overrides() {
        ObjectNode keys = SettingsFile.noKeys();
        others.forEach((key, value) -> put(keys, key, value));
        put(keys, "listen", listen);
        put(keys, "admin", admin);
        put(keys, "workers", workers);
        put(keys, "poller.cpu", pollerCpu);
        put(keys, "poller.idleMillis", pollerIdleMillis);
        put(keys, "poller.busyWaitMicros", busyWaitMicros);
        if (accessLog) {
            keys.put("accessLog", true);
        }
        if (upstreams != null) {
            ArrayNode servers = keys.putArray("routes").addObject().putArray("upstreams");
            upstreams.forEach(servers::add);
        }
        return keys;
    }

    private static void put(ObjectNode keys, String path, String value) {
        if (value == null) {
            return;
        }
        int dot = path.indexOf('.');
        if (dot < 0) {
            keys.put(path, value);
        } else {
            String section = path.substring(0, dot);
            ObjectNode inner =
                    keys.get(section) instanceof ObjectNode known ? known : keys.putObject(section);
            put(inner, path.substring(dot + 1), value);
        }
    }

    private static OptionSpec engineOption(Map<String, Function<Settings, Gate>> engines) {
        String names = String.join(", ", engines.keySet());
        return OptionSpec.builder(ENGINE)
                .type(String.class)
                .paramLabel("name")
                .completionCandidates(engines.keySet())
                .converters(
                        name -> {
                            if (engines.containsKey(name)) {
                                return name;
                            }
                            throw new CommandLine.TypeConversionException(
                                    "'" + name + "' is none of " + names);
                        })
                .description("how it does I/O: " + names + "; the first if not set")
                .build();
    }

    private static OptionSpec preflightOption() {
        return OptionSpec.builder(PREFLIGHT)
                .type(boolean.class)
                .arity("0")
                .description("print what this machine has and lacks for the engines, and stop")
                .build();
    }

    private static int misused(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("tinygate: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try --help.");
        return ExitCode.USAGE.number();
    }

    /** The version that the jar's manifest names. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cli.class.getPackage().getImplementationVersion();
            return new String[] {
                "TinyGate " + (version == null ? "(not from a jar)" : version),
                "Java "
                        + Runtime.version()
                        + ", "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch")
            };
        }
    }
}
