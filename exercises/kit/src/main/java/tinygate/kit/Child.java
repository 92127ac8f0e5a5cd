package tinygate.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import tinygate.kit.Journal.Kind;

/**
 * The JVM in which one exercise is graded: checks whose classes it has, runs the tests and keeps
 * the {@link Journal}. It ends whatever the student's code is doing.
 */
final class Child {
    private Child() {}

    /**
     * @param arguments the journal; the directory of the student's classes; their names, with a
     *     comma between; the test class; the time limit of a test in seconds; and the name of the
     *     only test method to run, if not all are to be run
     */
    public static void main(String... arguments) throws IOException {
        Path classes = Path.of(arguments[1]);
        List<String> code = List.of(arguments[2].split(","));
        String tests = arguments[3];
        PrintStream out = System.out; // the student's code may put another one in its place
        try (Journal journal = new Journal(Path.of(arguments[0]))) {
            try {
                expectStudentsOwn(code, classes);
                Watch watch = new Watch(journal, code, Integer.parseInt(arguments[4]));
                watch.start();
                run(
                        request(tests, arguments.length > 5 ? arguments[5] : null),
                        new Recorder(journal, watch, code, out));
                watch.finish();
                journal.note(Kind.END, "");
            } catch (Throwable e) {
                // Out of memory, say, or a class that cannot be linked.
                journal.note(Kind.BROKEN, e.toString());
            }
        }
        Watch.endNow();
    }

    /** A file that is missing, or not compiled, must not have ours graded in its place. */
    private static void expectStudentsOwn(List<String> code, Path classes)
            throws ClassNotFoundException, URISyntaxException {
        for (String name : code) {
            Class<?> loaded = Class.forName(name, false, Child.class.getClassLoader());
            Path from = Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!from.equals(classes.toAbsolutePath())) {
                throw new IllegalStateException(
                        "the class under test, " + name + ", is not yours: it comes from " + from);
            }
        }
    }

    private static LauncherDiscoveryRequest request(String tests, String only) {
        PostDiscoveryFilter wanted =
                test -> FilterResult.includedIf(only == null || isOrHolds(test, only));
        return LauncherDiscoveryRequestBuilder.request()
                // A junit-platform.properties of some lesson must not decide how an exercise runs.
                .enableImplicitConfigurationParameters(false)
                .selectors(selectClass(tests))
                .filters(wanted)
                .configurationParameter(StoryExtension.CHILD, "true")
                // Arguments are told in the steps, byte for byte; a name cannot show all of them.
                .configurationParameter("junit.jupiter.params.displayname.default", "[{index}]")
                .build();
    }

    private static boolean isOrHolds(TestDescriptor test, String method) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName().equals(method))
                .orElse(true);
    }

    private static void run(LauncherDiscoveryRequest request, Recorder recorder) {
        LauncherConfig plain =
                LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .enableLauncherDiscoveryListenerAutoRegistration(false)
                        .enablePostDiscoveryFilterAutoRegistration(false)
                        .build();
        LauncherFactory.create(plain).execute(request, recorder);
    }
}
