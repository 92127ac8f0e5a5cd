package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;
import java.util.stream.Stream;

/** The gallery of lesson 2: what people get wrong in its exercises. */
final class EpollMistakes {
    private EpollMistakes() {}

    static List<Mistake> all() {
        return Stream.of(
                        eventLayout(),
                        connect(),
                        accept(),
                        backPressure(),
                        draining(),
                        slots(),
                        timerWheel(),
                        gate())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mistake> eventLayout() {
        return List.of(
                in("2.1", "pads the structure as C does by itself")
                        .change("EpollEvent", "packed ? 12 : 16", "16")
                        .isCaughtBy(
                                "eachKindOfMachineHasItsLayout", "expected  12", "got       16"),
                in("2.1", "takes every machine for an x86-64")
                        .change("EpollEvent", "machine == Machine.X86_64", "true")
                        .isCaughtBy(
                                "eachKindOfMachineHasItsLayout",
                                "the layout on AARCH64",
                                "expected  16"),
                in("2.1", "writes a token of 32 bits")
                        .change(
                                "Epoll",
                                "buffer.putLong(event + layout.offsetOfData(), token);",
                                "buffer.putInt(event + layout.offsetOfData(), (int) token);")
                        .isCaughtBy("allBitsOfATokenComeBack", "0x1122334455667788"),
                in("2.1", "writes epoll_ctl's event over the first of the list")
                        .change("Epoll", "int event = maxEvents * layout.size();", "int event = 0;")
                        .isCaughtBy(
                                "aChangeWhileABatchIsWorkedOffDoesNotSpoilIt",
                                "event 0 of the batch",
                                "got       1"));
    }

    private static List<Mistake> connect() {
        return List.of(
                in("2.2", "takes EINPROGRESS for a failure")
                        .change(
                                "Sockets",
                                "if (result < 0 && !Errno.EINPROGRESS.is(result)) {",
                                "if (result < 0) {")
                        .isCaughtBy("aConnectIsOnItsWayAndThenThere", "-EINPROGRESS"),
                in("2.2", "takes writable for connected")
                        .change("Sockets", "return result < 0 ? result : -result;", "return 0;")
                        .isCaughtBy(
                                "aRefusedConnectIsWritableTooAndTellsItsErrorOnce",
                                "expected  \"-ECONNREFUSED\"",
                                "got       \"0\""),
                in("2.2", "answers the option as the kernel writes it")
                        .change(
                                "Sockets",
                                "return result < 0 ? result : -result;",
                                "return result;")
                        .isCaughtBy(
                                "aRefusedConnectIsWritableTooAndTellsItsErrorOnce",
                                "got       \"111\""),
                in("2.2", "leaves a socket open that cannot connect")
                        .change(
                                "Sockets",
                                "if (result < 0 && !Errno.EINPROGRESS.is(result)) {"
                                        + " linux.close(fd);",
                                "if (result < 0 && !Errno.EINPROGRESS.is(result)) {")
                        .isCaughtBy(
                                "aConnectThatFailsAtOnceLeavesNothingOpen",
                                "how many sockets are open more than before",
                                "got       1"),
                in("2.2", "opens a socket that blocks")
                        .change(
                                "Sockets",
                                "linux.socket(family, STREAM, 0)",
                                "linux.socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)")
                        .isCaughtBy(
                                "aSocketWaitsForNothingAndHoldsNothingBack", "it is non-blocking"));
    }

    private static List<Mistake> accept() {
        return List.of(
                in("2.3", "accepts one client for each event")
                        .change("Listener", "i < MOST_ACCEPTS && open", "i < 1 && open")
                        .isCaughtBy(
                                "allWhoWaitAreAcceptedInOneTurn", "expected  10", "got       1"),
                in("2.3", "accepts without end")
                        .change("Listener", "i < MOST_ACCEPTS && open", "open")
                        .isCaughtBy("aRushIsTakenInSeveralTurns", "expected  64", "got       100"),
                in("2.3", "stays interested while no descriptor is left")
                        .change(
                                "Listener",
                                "watchFor(0); pause.begin(error);",
                                "pause.begin(error);")
                        .isCaughtBy(
                                "withoutADescriptorAcceptingPausesAndThenGoesOn",
                                "in a pause a turn makes no system call but its wait",
                                "expected  \"a few\""),
                in("2.3", "never comes back from the pause")
                        .change("Listener", "watchFor(0); pause.begin(error);", "watchFor(0);")
                        .isCaughtBy(
                                "withoutADescriptorAcceptingPausesAndThenGoesOn",
                                "all six are served"));
    }

    private static List<Mistake> backPressure() {
        return List.of(
                in("2.4", "reads whatever the other side takes")
                        .change("Pipe", "return !dammed;", "return true;")
                        .isCaughtBy(
                                "aClientThatDoesNotReadStopsTheReadingOfItsResponse",
                                "[bytes unsent to CLIENT]"),
                in("2.4", "looks at the side that it reads")
                        .change("Pipe", "driver.unsent(to)", "driver.unsent(to.other())")
                        .isCaughtBy(
                                "anUpstreamThatDoesNotReadStopsTheReadingOfTheRequest",
                                "[bytes unsent to UPSTREAM]"),
                in("2.4", "begins again as soon as there is any room")
                        .change(
                                "Pipe",
                                "(dammed ? highWaterBytes / 2 : highWaterBytes)",
                                "highWaterBytes")
                        .isCaughtBy(
                                "readingGoesOnBelowHalfOfTheMarkAndNotBefore",
                                "more than half of 65536 are unsent"),
                in("2.4", "wants nothing more of a head that has come in part")
                        .change(
                                "Exchange",
                                "(fromClient.isEmpty() || phase == Phase.HEAD)",
                                "fromClient.isEmpty()")
                        .isCaughtBy(
                                "aHeadThatComesInPiecesIsReadToItsEnd",
                                "how many connections to upstreams were opened"),
                in("2.4", "wants nothing more of a response's head that has come in part")
                        .change(
                                "Exchange",
                                "!fromUpstream.ended() && fromUpstream.drains()",
                                "!fromUpstream.ended() && fromUpstream.isEmpty()"
                                        + " && fromUpstream.drains()")
                        .isCaughtBy(
                                "aResponsesHeadThatComesInPiecesIsReadToItsEnd",
                                "the answer arrives"),
                in("2.4", "takes in the whole pipeline of a client")
                        .change("Exchange", "&& (fromClient.isEmpty() || phase == Phase.HEAD)", "")
                        .isCaughtBy(
                                "aPipelineOfRequestsWaitsAtTheClient", "[chunks that are lent]"),
                in("2.4", "goes on to read a side that has ended")
                        .change("Exchange", "!fromClient.ended() && (from", "(from")
                        .isCaughtBy(
                                "afterItsEndASideIsNotWantedAnyMore",
                                "the client ends its sending side",
                                "got       0"),
                in("2.4", "goes on to read an upstream that has ended")
                        .change("Exchange", "attached() && !fromUpstream.ended()", "attached()")
                        .isCaughtBy(
                                "afterItsEndAnUpstreamIsNotWantedAnyMoreEither",
                                "the upstream ends its sending side",
                                "got       0"));
    }

    private static List<Mistake> draining() {
        return List.of(
                in("2.5", "reads once for each event")
                        .change(
                                "EpollDriver",
                                "exchange.received(connection.side, chunk); continue;",
                                "exchange.received(connection.side, chunk); return;")
                        .isCaughtBy("allThatHasComeIsReadThoughEpollTellsItOnce", "expected  301"),
                in("2.5", "forgets what came while nothing was wanted")
                        .change("Connection", "loop.lookAgain(this);", "")
                        .isCaughtBy(
                                "whatCameWhileNothingWasWantedIsReadWhenItIsWantedAgain",
                                "the exchange wants bytes again",
                                "got       1"),
                in("2.5", "loses the end behind the bytes")
                        .change(
                                "Connection",
                                "readable = count == room || count >= 0 && ending;",
                                "readable = count == room;")
                        .isCaughtBy(
                                "theEndBehindTheBytesIsReadToo", "the gate closes the connection"),
                in("2.5", "serves one connection as long as it sends")
                        .change("EpollDriver", "if (reads++ == MOST_READS) {", "if (reads++ < 0) {")
                        .isCaughtBy(
                                "nobodyHoldsUpTheOthers",
                                "how many system calls it makes for this connection"),
                in("2.5", "gives way to the others and does not come back")
                        .change("EpollDriver", "loop.lookAgain(connection); return;", "return;")
                        .isCaughtBy("nobodyHoldsUpTheOthers", "the rest is read"),
                in("2.5", "asks once more, only to hear EAGAIN")
                        .change(
                                "Connection",
                                "readable = count == room || count >= 0 && ending;",
                                "readable = count > 0 || count == 0 && ending;")
                        .isCaughtBy("noCallIsMadeOnlyToHearThatThereIsNothing", "got       3"),
                in("2.5", "takes EAGAIN for the end of a connection")
                        .change("EpollDriver", "} else if (!Errno.EAGAIN.is(count)) {", "} else {")
                        .isCaughtBy("aChunkThatIsFullToItsLastByteIsNoEnd", "hears EAGAIN"),
                in("2.5", "keeps the chunk in which nothing came")
                        .change("EpollDriver", "chunk.release();", "")
                        .isCaughtBy(
                                "anEndThatComesAloneIsRead",
                                "how many chunks of memory somebody holds"));
    }

    private static List<Mistake> slots() {
        return List.of(
                in("2.6", "takes whoever has the slot, as if it were the descriptor")
                        .change("Slots", "&& generations[slot] == generation(token)", "")
                        .isCaughtBy(
                                "anEventAboutAClosedSocketDoesNotHitTheOneThatGotItsNumber",
                                "expected  null",
                                "got       \"c\""),
                in("2.6", "shifts an int by 32 bits")
                        .change(
                                "Slots",
                                "(long) generations[slot] << 32 | slot",
                                "generations[slot] << 32 | slot")
                        .isCaughtBy("aTokenOfThePastFindsNobody", "b has a's slot"),
                in("2.6", "counts generations without end")
                        .change(
                                "Slots",
                                "(generations[slot] + 1) % GENERATIONS",
                                "generations[slot] + 1")
                        .isCaughtBy(
                                "aTokenNeverReachesTheTopByteHoweverOftenItsSlotIsUsed",
                                "the top byte of the token",
                                "got       1"),
                in("2.6", "leaves a connection in the slot that it freed")
                        .change("Slots", "connections[slot] = null;", "")
                        .isCaughtBy(
                                "aTokenOfThePastFindsNobody", "who is still there", "[a, other]"),
                in("2.6", "knows two generations only")
                        .change(
                                "Slots",
                                "(generations[slot] + 1) % GENERATIONS",
                                "generations[slot] ^ 1")
                        .isCaughtBy(
                                "aTokenNeverReachesTheTopByteHoweverOftenItsSlotIsUsed",
                                "the first token comes again",
                                "got       true"),
                in("2.6", "uses no slot twice")
                        .change("Slots", "free[freeCount++] = slot;", "")
                        .isCaughtBy(
                                "asManyAsComeAreFoundAndSlotsAreUsedAgain", "the highest slot"));
    }

    private static List<Mistake> timerWheel() {
        return List.of(
                in("2.7", "believes the list, not the deadline as it is now")
                        .change(
                                "TimerWheel",
                                "if (entry.deadlineNanos() - nowNanos > 0) {",
                                "if (size < 0) {")
                        .isCaughtBy(
                                "aDeadlineThatMovesToLaterIsTakenAsItIsThen",
                                "how often it was told before its time",
                                "got       1"),
                in("2.7", "compares times that may overflow")
                        .change(
                                "TimerWheel",
                                "if (entry.deadlineNanos() - nowNanos > 0) {",
                                "if (entry.deadlineNanos() > nowNanos) {")
                        .isCaughtBy("aClockThatOverflowsHarmsNothing", "the alarm for"),
                in("2.7", "does not see a deadline that moves to earlier")
                        .change(
                                "TimerWheel",
                                "if (entry.tick < 0 || tick < entry.tick) {",
                                "if (entry.tick < 0) {")
                        .isCaughtBy(
                                "aDeadlineThatMovesToEarlierIsNotMissed",
                                "when the alarm for 100 ms was told"),
                in("2.7", "looks at the present list only")
                        .change("TimerWheel", "while (hand <= now) {", "hand = now; {")
                        .isCaughtBy(
                                "aLoopThatHasSleptForLongTellsAllThatIsDue",
                                "how often that for 10 was told"),
                in("2.7", "wakes the loop all the time")
                        .change(
                                "TimerWheel",
                                "return Math.max(0, startNanos + tick * TICK_NANOS - nowNanos);",
                                "return 0;")
                        .isCaughtBy(
                                "theLoopMaySleepUntilTheNextAlarmAndNoLonger",
                                "how long the loop may sleep"));
    }

    /** They are run with the one test of the contract that must catch them. */
    private static List<Mistake> gate() {
        return List.of(
                in("2.8", "takes writable for connected")
                        .change("Sockets", "return result < 0 ? result : -result;", "return 0;")
                        .isCaughtBy(
                                "aRefusedConnectionGoesToTheNextUpstreamForEveryMethod",
                                "What happened:"),
                in("2.8", "reads whatever the other side takes")
                        .change("Pipe", "return !dammed;", "return true;")
                        .isCaughtBy(
                                "anUpstreamThatDoesNotReadStopsTheClient",
                                "bytes taken from the client"),
                in("2.8", "believes the timer wheel's list, not the deadline as it is now")
                        .change(
                                "TimerWheel",
                                "if (entry.deadlineNanos() - nowNanos > 0) {",
                                "if (size < 0) {")
                        .isCaughtBy("aBodyThatKeepsComingIsNotCutOff", "What happened:"));
    }
}
