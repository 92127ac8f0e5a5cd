package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import tinygate.classroom.ChildProcess;

/** A proxy that takes part in the race. */
public interface Contender {
    /** A word for the head of a row, at most nine letters. */
    String name();

    /** What it is, in a few words. */
    String title();

    /** Why it cannot run on this machine, and what helps; empty if it can. */
    String obstacle();

    /** Why it cannot share requests between several upstreams; empty if it can. */
    default String obstacleToSeveral() {
        return "";
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param upstreams those it has requests answered by, in turn if there are several
     * @param launcher the beginning of its command line
     * @throws IOException if it does not listen in time; the message shows what it printed
     */
    Started start(Lab lab, List<InetSocketAddress> upstreams, List<String> launcher)
            throws IOException, InterruptedException;

    /**
     * A contender that runs.
     *
     * @param admin where its own counters can be read, null if it has none
     */
    record Started(ChildProcess process, InetSocketAddress address, InetSocketAddress admin) {}
}
