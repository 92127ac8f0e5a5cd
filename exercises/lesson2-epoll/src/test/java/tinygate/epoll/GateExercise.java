package tinygate.epoll;

import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;

/** Exercise 2.8: all of your classes in the real proxy, judged by the contract of every gate. */
@Exercise(
        id = "2.8",
        title = "Your gate",
        points = 20,
        minutes = 20,
        chapter = "lesson2.html#ex-2-8",
        seconds = 70,
        hints = {
            """
            Each of your classes works by itself. The contract tries them together, over real sockets; a failure tells
            all bytes that went to and fro, in the order in which they were sent.""",
            """
            The name of the test that fails is the rule that is broken; its source is in
            lesson1-workers/src/test/java/tinygate/contract, and the table of rules in package-info.java there.
            An exception in a loop is in the log: "giving up a connection", or "an event loop has ended"."""
        })
public class GateExercise extends EpollGateContractTest implements NeedsLinux {}
