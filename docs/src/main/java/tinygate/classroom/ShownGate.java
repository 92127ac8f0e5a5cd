package tinygate.classroom;

import java.util.ArrayList;
import java.util.List;

/**
 * A gate that the demo shows.
 *
 * @param name a word for the head of a column, at most nine letters
 * @param title what it is, in a few words
 * @param mainClass its lesson's main class
 * @param arguments those that choose this gate, if the lesson has several
 */
record ShownGate(String name, String title, String mainClass, List<String> arguments) {

    /** All that are shown, in the order of the lessons. */
    static final List<ShownGate> ALL =
            List.of(
                    new ShownGate(
                            "workers",
                            "lesson 1, a blocking worker for each connection",
                            "tinygate.workers.Main",
                            List.of()),
                    new ShownGate(
                            "epoll",
                            "lesson 2, epoll by hand",
                            "tinygate.epoll.Main",
                            List.of("--engine", "epoll")),
                    new ShownGate(
                            "netty",
                            "lesson 2, Netty on epoll",
                            "tinygate.epoll.Main",
                            List.of("--engine", "netty")));

    /** The command line for a gate on a free loopback port, with these arguments besides. */
    List<String> commandLine(String... more) {
        List<String> line = new ArrayList<>(arguments);
        line.addAll(List.of("--listen", "127.0.0.1:0"));
        line.addAll(List.of(more));
        return line;
    }
}
