package tinygate.classroom;

import java.util.ArrayList;
import java.util.List;

/**
 * A gate that the demo shows.
 *
 * @param name a word for the head of a column, at most nine letters
 * @param title what it is, in a few words
 * @param mainClass its lesson's main class
 * @param engine which gate of that lesson it is, empty if the lesson has one only
 * @param onRing whether it needs io_uring
 * @param byHand whether its I/O is the lesson's own, not Netty's
 */
public record ShownGate(
        String name,
        String title,
        String mainClass,
        String engine,
        boolean onRing,
        boolean byHand) {
    private static final String LESSON1 = "tinygate.workers.Main";
    private static final String LESSON2 = "tinygate.epoll.Main";
    private static final String LESSON3 = "tinygate.iouring.Main";
    private static final String LESSON4 = "tinygate.sqpoll.Main";

    /** All that are shown, in the order of the lessons. */
    public static final List<ShownGate> ALL =
            List.of(
                    new ShownGate(
                            "workers",
                            "lesson 1, a blocking worker for each connection",
                            LESSON1,
                            "",
                            false,
                            true),
                    new ShownGate(
                            "epoll", "lesson 2, epoll by hand", LESSON2, "epoll", false, true),
                    new ShownGate(
                            "netty", "lesson 2, Netty on epoll", LESSON2, "netty", false, false),
                    new ShownGate(
                            "iouring",
                            "lesson 3, io_uring by hand",
                            LESSON3,
                            "iouring",
                            true,
                            true),
                    new ShownGate(
                            "netty-io",
                            "lesson 3, Netty on io_uring",
                            LESSON3,
                            "netty",
                            true,
                            false),
                    new ShownGate(
                            "sqpoll",
                            "lesson 4, io_uring with a polling kernel thread",
                            LESSON4,
                            "sqpoll",
                            true,
                            true));

    /** The command line for a gate on a free loopback port, with these arguments besides. */
    public List<String> commandLine(String... more) {
        List<String> line =
                new ArrayList<>(engine.isEmpty() ? List.of() : List.of("--engine", engine));
        line.addAll(List.of("--listen", "127.0.0.1:0"));
        line.addAll(List.of(more));
        return line;
    }
}
