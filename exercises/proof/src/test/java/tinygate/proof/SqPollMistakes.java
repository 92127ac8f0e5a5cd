package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;
import java.util.stream.Stream;

/** Lesson 4's part of the gallery. */
final class SqPollMistakes {
    private SqPollMistakes() {}

    static List<Mistake> all() {
        return Stream.of(
                        setUp(),
                        wakeUp(),
                        fullQueue(),
                        files(),
                        buffers(),
                        busyWait(),
                        nearZero(),
                        gate())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mistake> setUp() {
        return List.of(
                in("4.1", "knows one of three flags that exclude a poller")
                        .change(
                                "PollerFlags",
                                "refuse(flags, IORING_SETUP_COOP_TASKRUN, \"COOP_TASKRUN excludes\", cause, cure);",
                                "")
                        .isCaughtBy(
                                "aFlagThatExcludesAPollerIsRefusedInWords",
                                "IORING_SETUP_COOP_TASKRUN",
                                "nothing was thrown"),
                in("4.1", "refuses those flags without a poller, too")
                        .change(
                                "PollerFlags",
                                "if ((flags & IORING_SETUP_SQPOLL) == 0) {",
                                "if ((flags & IORING_SETUP_SQPOLL) == 0 && (flags & IORING_SETUP_SQ_AFF) != 0) {")
                        .isCaughtBy("whatGoesTogetherComesBackUnchanged", "Cure: "),
                in("4.1", "takes processor 0 for none")
                        .change("SqPollMode", "settings.cpu() < 0 ?", "settings.cpu() <= 0 ?")
                        .isCaughtBy(
                                "aPollerIsPlacedOnTheProcessorThatWasNamed",
                                "poller.cpu is 0",
                                "the flag SQ_AFF"),
                in("4.1", "gives each ring a poller of its own")
                        .change(
                                "SqPollMode",
                                "setup(IORING_SETUP_ATTACH_WQ, 0, first.fd())",
                                "setup()")
                        .isCaughtBy(
                                "theFirstRingBringsThePollerAndTheOthersShareIt",
                                "the second one has ATTACH_WQ"));
    }

    private static List<Mistake> wakeUp() {
        return List.of(
                in("4.2", "has no fence")
                        .change("WakeUp", "fence.run(); return", "return")
                        .isCaughtBy(
                                "inWhateverOrderBothSidesRunNoWakeUpIsLost",
                                "nothing, sleeps",
                                "reads NEED_WAKEUP: not set"),
                in("4.2", "has the fence before the tail")
                        .change("WakeUp", "tail.run(); fence.run();", "fence.run(); tail.run();")
                        .isCaughtBy(
                                "inWhateverOrderBothSidesRunNoWakeUpIsLost",
                                "a poller that sleeps on an entry"),
                in("4.2", "reads the flag before the tail is published")
                        .change(
                                "WakeUp",
                                "tail.run(); fence.run(); return asleep.getAsBoolean();",
                                "boolean sleeps = asleep.getAsBoolean(); tail.run(); fence.run(); return sleeps;")
                        .isCaughtBy(
                                "inWhateverOrderBothSidesRunNoWakeUpIsLost",
                                "reads NEED_WAKEUP: not set"),
                in("4.2", "wakes all the time, to be safe")
                        .change("WakeUp", "return asleep.getAsBoolean();", "return true;")
                        .isCaughtBy(
                                "thePollerIsToBeWokenIfItSleepsAndNotElse",
                                "the poller is awake",
                                "it must be woken"));
    }

    private static List<Mistake> fullQueue() {
        return List.of(
                in("4.3", "takes it for granted that there is room")
                        .change("Handover", "while (!forRoom", "while (false && !forRoom")
                        .isCaughtBy(
                                "aSlowPollerIsWaitedForInTheKernelUntilItHasTakenAll",
                                "entries that it has taken",
                                "got       []"),
                in("4.3", "comes back when there is room for one")
                        .change("Handover", "while (!forRoom", "if (!forRoom")
                        .isCaughtBy(
                                "aSlowPollerIsWaitedForInTheKernelUntilItHasTakenAll",
                                "got       [1]"),
                in("4.3", "looks for room for ever")
                        .change(
                                "Handover",
                                "while (!forRoom.await(taken, ROOM_NANOS)) {",
                                "while (!forRoom.await(taken, ROOM_NANOS) && submissions.pending() > 0) { if (true) continue;")
                        .isCaughtBy(
                                "aSlowPollerIsWaitedForInTheKernelUntilItHasTakenAll",
                                "looked at for ever"),
                in("4.3", "waits for a poller that sleeps")
                        .change("Handover", "IORING_ENTER_SQ_WAIT | wake", "IORING_ENTER_SQ_WAIT")
                        .isCaughtBy(
                                "aPollerThatHasFallenAsleepIsWokenAndWaitedForAtOnce",
                                "falls asleep",
                                "SQ_WAIT waits for ever"),
                in("4.3", "enters again and again and does not wait")
                        .change("Handover", "IORING_ENTER_SQ_WAIT | wake", "wake")
                        .isCaughtBy(
                                "aSlowPollerIsWaitedForInTheKernelUntilItHasTakenAll",
                                "entered 1000 times"),
                in("4.3", "wakes a poller for nothing")
                        .change("Handover", "submissions.pending() > 0 && wakeUp", "wakeUp")
                        .isCaughtBy(
                                "aPollerThatSleepsIsNotWokenForNothing", "got       \"SQ_WAKEUP\""),
                in("4.3", "publishes and never wakes anybody")
                        .change("Handover", "enter(IORING_ENTER_SQ_WAKEUP);", "")
                        .isCaughtBy(
                                "aPollerThatSleepsIsWokenAndThatIsCounted",
                                "expected  \"SQ_WAKEUP\""));
    }

    private static List<Mistake> files() {
        return List.of(
                in("4.4", "does not empty the place of a socket that closes")
                        .change("RegisteredFiles", "put(slot, NOTHING);", "")
                        .isCaughtBy(
                                "aPlaceIsEmptiedSoThatAClosedSocketReallyCloses",
                                "change of a place"),
                in("4.4", "has one word for all changes")
                        .change("RegisteredFiles", "int at = slot * Integer.BYTES;", "int at = 0;")
                        .isCaughtBy("twoSocketsInOneBatchKeepTheirPlaces", "what the peer reads"),
                in("4.4", "names the place by the descriptor")
                        .change(
                                "RegisteredFiles",
                                "entry.registered(slot);",
                                "entry.registered(fd);")
                        .isCaughtBy("aSendFindsTheSocketAtItsPlace", "the result of the send"),
                in("4.4", "registers sockets and goes on naming descriptors")
                        .change("RegisteredFiles", "entry.registered(slot);", "entry.fd(fd);")
                        .isCaughtBy(
                                "aPlaceIsNamedByItsSlotAndTheDescriptorIsNotLookedAt",
                                "the result of the send"),
                in("4.4", "has a place too many")
                        .change(
                                "RegisteredFiles",
                                "public void name(SubmissionEntry entry, int slot, int fd) { if (slot < places) {",
                                "public void name(SubmissionEntry entry, int slot, int fd) { if (slot <= places) {")
                        .isCaughtBy(
                                "aSocketWithoutAPlaceIsNamedByItsDescriptor",
                                "the result of the send of hello"),
                in("4.4", "does not say whose completion it is")
                        .change(
                                "RegisteredFiles",
                                ".userData(UserData.of(Operation.REGISTER, 0));",
                                ";")
                        .isCaughtBy(
                                "aSendFindsTheSocketAtItsPlace",
                                "user data of the change of a place"));
    }

    private static List<Mistake> buffers() {
        return List.of(
                in("4.5", "gives a buffer back at the first completion")
                        .change("RegisteredBuffers", "if (!more) {", "if (true) {")
                        .isCaughtBy(
                                "aBufferIsTheKernelsUntilTheCompletionWithoutMore",
                                "more is true",
                                "expected  -1"),
                in("4.5", "never gives a buffer back")
                        .change("RegisteredBuffers", "if (!more) {", "if (false) {")
                        .isCaughtBy(
                                "aBufferIsTheKernelsUntilTheCompletionWithoutMore", "without more"),
                in("4.5", "registers buffers and does not use them")
                        .change("RegisteredBuffers", ".registeredBuffer(index);", ";")
                        .isCaughtBy(
                                "anEntryNamesTheRegisteredBufferAndItsAddress",
                                "RECVSEND_FIXED_BUF"),
                in("4.5", "fills the first buffer always")
                        .change("RegisteredBuffers", "index * bytesEach, bytes", "0, bytes")
                        .isCaughtBy(
                                "eachPeerReadsTheBytesOfItsBuffer", "what the first peer reads"),
                in("4.5", "gives one buffer to two")
                        .change("RegisteredBuffers", "free[--freeCount]", "free[freeCount - 1]")
                        .isCaughtBy("eachBufferIsTakenOnce", "the first two"));
    }

    private static List<Mistake> busyWait() {
        return List.of(
                in("4.6", "compares times that overflow")
                        .change(
                                "BusyWait",
                                "while (clock.getAsLong() - begin < wait)",
                                "while (clock.getAsLong() < begin + wait)")
                        .isCaughtBy("theClockMayShowAnythingAndOverflow", "how long it has looked"),
                in("4.6", "looks for as long as ever, however vain it was")
                        .change(
                                "BusyWait",
                                "budget = Math.max(most / SHORTEST_PART, budget / 2);",
                                "")
                        .isCaughtBy(
                                "eachWaitInVainHalvesTheNextDownToASixteenth",
                                "expected  800",
                                "got       1600"),
                in("4.6", "halves until nothing is left")
                        .change(
                                "BusyWait",
                                "Math.max(most / SHORTEST_PART, budget / 2)",
                                "budget / 2")
                        .isCaughtBy(
                                "eachWaitInVainHalvesTheNextDownToASixteenth",
                                "expected  100",
                                "got       50"),
                in("4.6", "never looks longer again")
                        .change("BusyWait", "budget = Math.min(most, 2 * budget);", "")
                        .isCaughtBy(
                                "eachWaitThatWasNotDoublesTheNextUpToTheMost",
                                "expected  400",
                                "got       200"),
                in("4.6", "doubles without end")
                        .change("BusyWait", "Math.min(most, 2 * budget)", "2 * budget")
                        .isCaughtBy(
                                "eachWaitThatWasNotDoublesTheNextUpToTheMost", "expected  1600"),
                in("4.6", "forgets the limit of the one wait")
                        .change("BusyWait", "Math.min(budget, limitNanos)", "budget")
                        .isCaughtBy("itLooksForAsLongAsItMayAndNotLonger", "expected  70"));
    }

    private static List<Mistake> nearZero() {
        return List.of(
                in("4.7", "enters the kernel at each turn, as in lesson 3")
                        .change(
                                "SqPollSubmitter",
                                "if (!forCompletions.await(completed, limit)) {",
                                "forCompletions.await(completed, limit); {")
                        .isCaughtBy(
                                "workThatIsDoneAtOnceNeedsNoSystemCall",
                                "system calls",
                                "got       \"GETEVENTS for 1\""),
                in("4.7", "looks for completions that were kept back")
                        .change(
                                "SqPollSubmitter",
                                "if (submissions.completionsOverflowed())",
                                "if (false)")
                        .isCaughtBy(
                                "completionsThatWereKeptBackAreFetchedWithoutAWait",
                                "did not fit into the queue",
                                "looked at for ever"),
                in("4.7", "sleeps for its whole time after it has looked")
                        .change("SqPollSubmitter", "if (left > 0) {", "left = limit; {")
                        .isCaughtBy(
                                "aWaitThatHasLookedUntilItsTimeWasOverDoesNotSleepAsWell",
                                "got       \"GETEVENTS for 1\""),
                in("4.7", "sleeps though it was told not to wait")
                        .change("SqPollSubmitter", "else if (timeoutNanos != 0) {", "else {")
                        .change("SqPollSubmitter", "if (left > 0) {", "{")
                        .isCaughtBy("aTurnThatMustNotWaitPublishesAndGoesOn", "system calls"),
                in("4.7", "takes no limit for no time")
                        .change(
                                "SqPollSubmitter",
                                "timeoutNanos < 0 ? Long.MAX_VALUE : timeoutNanos",
                                "timeoutNanos")
                        .isCaughtBy("aWaitWithoutLimitHasNoneInTheKernel", "GETEVENTS for 1"),
                in("4.7", "hands over and does not wait for room")
                        .change("SqPollSubmitter", "handover.awaitRoom();", "")
                        .isCaughtBy(
                                "submitHandsOverAndWaitsUntilItIsTaken",
                                "entries that the poller has taken"));
    }

    /** They are run with the one test of the contract that must catch them. */
    private static List<Mistake> gate() {
        return List.of(
                in("4.8", "publishes and never wakes anybody")
                        .change("Handover", "enter(IORING_ENTER_SQ_WAKEUP);", "")
                        .isCaughtBy("manyRequestsAreAnsweredOnOneConnection", "What happened:"),
                in("4.8", "takes the flag for clear")
                        .change("WakeUp", "return asleep.getAsBoolean();", "return false;")
                        .isCaughtBy("pipelinedRequestsAreAnsweredInOrder", "What happened:"),
                in("4.8", "hands over only when the queue is full")
                        .change(
                                "SqPollSubmitter",
                                "public void submitAndWait(long timeoutNanos) throws LinuxException { handover.publish();",
                                "public void submitAndWait(long timeoutNanos) throws LinuxException {")
                        .isCaughtBy("roundRobinTakesTheUpstreamsInTurn", "What happened:"));
    }
}
