package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tinygate.classroom.ChildProcess;
import tinygate.classroom.TinyUpstream;
import tinygate.classroom.TinyUpstream.Reply;
import tinygate.classroom.race.RacePlan.Generator;
import tinygate.classroom.results.Circumstances;
import tinygate.classroom.results.Results;
import tinygate.classroom.results.Results.Absent;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Turn;

/** Races of contenders that are none, on a machine that has no programs. */
@Timeout(60)
class RaceRunTest {
    private static final Programs NO_PROGRAMS = new Programs("/nowhere");

    /** A server that is there already, with a process to look at. */
    private record Standing(String name, InetSocketAddress address, List<String> command)
            implements Contender {
        Standing(String name, InetSocketAddress address) {
            this(name, address, List.of("cat"));
        }

        @Override
        public String title() {
            return "a test's";
        }

        @Override
        public String obstacle() {
            return "";
        }

        @Override
        public String obstacleToSeveral() {
            return name.equals("single") ? "it has one" : "";
        }

        @Override
        public Started start(Lab lab, List<InetSocketAddress> upstreams, List<String> launcher)
                throws IOException {
            return new Started(ChildProcess.start(command, line -> {}), address, null);
        }
    }

    private static final class Notes implements RaceWatcher {
        private final List<String> turns = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private final List<Integer> warmUps = new ArrayList<>();

        @Override
        public void absent(Absent absent) {}

        @Override
        public void begins(Scenario scenario, String load) {}

        @Override
        public void warming(String contender) {}

        @Override
        public void warmed(String contender, WarmUp warmUp) {
            warmUps.add(warmUp.seconds());
        }

        @Override
        public void turn(String contender, Turn turn, int rounds) {
            turns.add(contender + turn.round());
        }

        @Override
        public void counting(String contender) {}

        @Override
        public void fault(String contender, String fault) {
            faults.add(contender);
        }

        @Override
        public void ended(Case result) {}
    }

    @TempDir Path directory;
    private final Notes notes = new Notes();
    private int warmUpSeconds;
    private List<Generator> loads = List.of(Generator.OWN);

    @Test
    void contendersTakeTurns() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> reply(200))) {
            Results results =
                    race(
                            2,
                            "keep-2-4",
                            new Standing("a", upstream.address()),
                            new Standing("b", upstream.address()));
            assertThat(notes.turns).containsExactly("a1", "b1", "a2", "b2");
            assertThat(results.right()).isTrue();
            assertThat(results.cases().get(0).entries())
                    .allMatch(entry -> entry.turns().get(1).requests() > 0);
        }
    }

    @Test
    void aWrongResponseVoidsItsContenderAndNoOther() throws Exception {
        try (TinyUpstream right = new TinyUpstream(number -> reply(200));
                TinyUpstream wrong = new TinyUpstream(number -> reply(number > 0 ? 503 : 200))) {
            Results results =
                    race(
                            1,
                            "keep-2-4",
                            new Standing("right", right.address()),
                            new Standing("wrong", wrong.address()));
            Case one = results.cases().get(0);
            assertThat(one.find("wrong").orElseThrow().faults())
                    .singleElement()
                    .asString()
                    .contains("503 instead of 200");
            assertThat(one.find("right").orElseThrow().faults()).isEmpty();
            assertThat(notes.turns).contains("right1");
            assertThat(notes.faults).containsExactly("wrong");
            assertThat(results.right()).isFalse();
        }
    }

    @Test
    void noTurnBeginsWhileAPollerIsAwake() throws Exception {
        String busyForAWhile = "i=0; while [ $i -lt 700000 ]; do i=$((i + 1)); done; read -r line";
        Path poller = Files.copy(Path.of("/bin/sh"), directory.resolve("iou-sqp-1"));
        try (TinyUpstream upstream = new TinyUpstream(number -> reply(200))) {
            Results results =
                    race(
                            1,
                            "keep-2-4",
                            new Standing(
                                    "a",
                                    upstream.address(),
                                    List.of(poller.toString(), "-c", busyForAWhile)));
            Turn turn = results.cases().get(0).entries().get(0).turns().get(0);
            assertThat(turn.requests()).isPositive();
            assertThat(turn.pollerMicros()).isZero();
        }
    }

    @Test
    void aPeerThatIsNotInstalledIsNamed() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> reply(200))) {
            Results results =
                    race(
                            1,
                            "keep-2-4",
                            Peer.nginx(NO_PROGRAMS),
                            new Standing("a", upstream.address()));
            assertThat(results.absent())
                    .singleElement()
                    .matches(absent -> absent.name().equals("nginx"))
                    .matches(absent -> absent.reason().contains("apt install nginx"));
            assertThat(results.cases().get(0).entries()).hasSize(1);
        }
    }

    @Test
    void whoHasDoneTheSameWorkIsWarm() throws Exception {
        warmUpSeconds = 1;
        try (TinyUpstream upstream = new TinyUpstream(number -> reply(200))) {
            race(1, "keep-2-4,rate-2-4,keep-3-4", new Standing("a", upstream.address()));
            assertThat(notes.warmUps).containsExactly(1, 0, 1);
        }
    }

    @Test
    void withTwoLoadsEachContenderHasATurnWithEach() throws Exception {
        loads = List.of(Generator.OWN, Generator.OWN);
        try (TinyUpstream upstream = new TinyUpstream(number -> reply(200))) {
            Results results =
                    race(
                            1,
                            "keep-2-4",
                            new Standing("a", upstream.address()),
                            new Standing("b", upstream.address()));
            assertThat(notes.turns).containsExactly("a/own1", "a/own1", "b/own1", "b/own1");
            assertThat(results.cases().get(0).entries()).hasSize(4);
        }
    }

    @Test
    void whereTheRateIsFixedItSaysHowLateTheLoadWas() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> reply(200))) {
            Results results = race(1, "rate-2-4", new Standing("a", upstream.address()));
            Turn turn = results.cases().get(0).entries().get(0).turns().get(0);
            assertThat(turn.lateMicros()).isPositive();
        }
    }

    @Test
    void whoCanHaveOneUpstreamOnlyHasNoPartWhereOneOfTwoIsSlow() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> reply(200))) {
            Results results =
                    race(
                            1,
                            "delayed-2-4",
                            new Standing("able", upstream.address()),
                            new Standing("single", upstream.address()));
            assertThat(results.cases().get(0).entries())
                    .extracting(Results.Entry::name)
                    .containsExactly("able");
            assertThat(results.absent())
                    .containsExactly(new Absent("single in delayed-2-4", "it has one"));
        }
    }

    @Test
    void aScenarioThatTheLoadCannotMakeIsNamed() throws Exception {
        Results results = race(1, "pipelined-2-4");
        assertThat(results.cases()).isEmpty();
        assertThat(results.absent().get(0).reason()).contains("needs wrk");
    }

    private Results race(int rounds, String scenarios, Contender... contenders) throws Exception {
        RacePlan plan =
                new RacePlan(
                        List.of(contenders),
                        Stream.of(scenarios.split(",")).map(Scenario::parse).toList(),
                        rounds,
                        Duration.ofMillis(500),
                        warmUpSeconds,
                        100,
                        10,
                        loads);
        Circumstances circumstances =
                new Circumstances("", "", "", "", "", Map.of(), "", "", rounds, 1, 0, 0);
        try (Lab lab = new Lab(NO_PROGRAMS, Placement.NONE, plan.bodies())) {
            return new RaceRun(plan, lab, NO_PROGRAMS, notes).run(circumstances);
        }
    }

    private static Reply reply(int status) {
        return Reply.whole("HTTP/1.1 " + status + " x\r\nContent-Length: 4\r\n\r\nbody");
    }
}
