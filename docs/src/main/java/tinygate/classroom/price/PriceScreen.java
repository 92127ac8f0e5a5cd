package tinygate.classroom.price;

import java.io.PrintStream;
import tinygate.classroom.race.RaceScreen;
import tinygate.classroom.results.Results.Case;

/** Shows in a terminal what is being measured; the tables come at the end, all together. */
final class PriceScreen extends RaceScreen {

    PriceScreen(PrintStream out) {
        super(out);
    }

    void sends(int bytes) {
        say("  sends      %,d bytes each, with a copy and without", bytes);
    }

    void place(String name, String placement) {
        say("");
        say("Poller and gate %s:", name);
        say("%s", placement);
    }

    void alone(String gate) {
        say("  alone      %-9s its system calls, idle, and with a client that pauses", gate);
    }

    @Override
    public void ended(Case result) {}
}
