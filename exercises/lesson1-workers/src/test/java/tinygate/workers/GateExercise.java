package tinygate.workers;

import tinygate.kit.Exercise;

/** Exercise 1.8: all of your classes in the real proxy, judged by the contract of every gate. */
@Exercise(
        id = "1.8",
        title = "Your gate",
        points = 20,
        minutes = 20,
        chapter = "lesson1.html#ex-1-8",
        seconds = 70,
        hints = {
            """
            Each of your classes works by itself. The contract tries them together, over real sockets; a failure tells
            all bytes that went to and fro, in the order in which they were sent.""",
            """
            The name of the test that fails is the rule that is broken; its source is in
            lesson1-workers/src/test/java/tinygate/contract, and the table of rules in package-info.java there."""
        })
public class GateExercise extends WorkersGateContractTest {}
