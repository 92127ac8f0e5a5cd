package tinygate.classroom.race;

import java.io.PrintStream;
import java.util.Locale;
import tinygate.classroom.results.Results.Absent;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Turn;
import tinygate.classroom.results.Table;

/** Shows a race in a terminal: a line for each turn, with a bar, and a table for each scenario. */
public class RaceScreen implements RaceWatcher {
    private static final int BAR = 34;

    private final PrintStream out;
    private double most;
    private boolean inLine;

    public RaceScreen(PrintStream out) {
        this.out = out;
    }

    public void say(String format, Object... values) {
        if (inLine) {
            out.println();
        }
        inLine = false;
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    @Override
    public void absent(Absent absent) {
        say("Without %s: %s", absent.name(), absent.reason());
    }

    @Override
    public void begins(Scenario scenario, String load) {
        most = 0;
        say("");
        say("== %s: %s", scenario, scenario.words());
        say("   load: %s", load);
    }

    @Override
    public void warming(String contender) {
        out.print(String.format(Locale.ROOT, "  warm-up    %-9s ", contender));
        out.flush();
        inLine = true;
    }

    @Override
    public void warmed(String contender, WarmUp warmUp) {
        inLine = false; // this ends the line
        say("%s", warmUp);
    }

    @Override
    public void turn(String contender, Turn turn, int rounds) {
        double perSecond = turn.requests() / turn.seconds();
        most = Math.max(most, perSecond);
        String round = turn.round() + "/" + rounds;
        String bar = Table.bar(perSecond, most, BAR);
        say("  turn %-5s %-9s %,9.0f requests/s  %s", round, contender, perSecond, bar);
    }

    @Override
    public void counting(String contender) {
        say("  counting   %-9s its system calls", contender);
    }

    @Override
    public void fault(String contender, String fault) {
        say("  VOID       %-9s %s", contender, fault);
    }

    @Override
    public void ended(Case result) {
        say("");
        out.print(Table.of(result));
        out.flush();
    }
}
