package tinygate.classroom.race;

import tinygate.classroom.results.Results.Absent;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Turn;

/** Is told how a race goes, while it goes; shows it in a terminal, or on a page. */
public interface RaceWatcher {
    /** Something does not take part. */
    void absent(Absent absent);

    /** A scenario begins. */
    void begins(Scenario scenario, String load);

    /** A contender gets load that does not count. */
    void warming(String contender);

    /** That load has ended. */
    void warmed(String contender, WarmUp warmUp);

    /** A window was measured. */
    void turn(String contender, Turn turn, int rounds);

    /** System calls of a contender are counted now. */
    void counting(String contender);

    /** A response was wrong, or the contender failed: it is out of this scenario. */
    void fault(String contender, String fault);

    /** A scenario is over. */
    void ended(Case result);
}
