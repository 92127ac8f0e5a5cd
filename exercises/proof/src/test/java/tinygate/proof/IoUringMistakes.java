package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;
import java.util.stream.Stream;

/** The gallery of lesson 3: what people get wrong in its exercises. */
final class IoUringMistakes {
    private IoUringMistakes() {}

    static List<Mistake> all() {
        return Stream.of(
                        RingMistakes.entry(),
                        RingMistakes.mapping(),
                        RingMistakes.queues(),
                        RingMistakes.userData(),
                        accept(),
                        buffers(),
                        sendAndClose(),
                        RingMistakes.oneEnter(),
                        gate())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mistake> accept() {
        return List.of(
                in("3.5", "believes that an accept ends by an error only")
                        .change(
                                "Acceptor",
                                "} else if (result >= 0 || Errno.ECONNABORTED.is(result)) {",
                                "} else if (result >= 0) { accepting = true;"
                                        + " } else if (Errno.ECONNABORTED.is(result)) {")
                        .isCaughtBy(
                                "anAcceptThatHasEndedWithAClientIsWrittenAgain",
                                "has no F_MORE",
                                "expected  \"ACCEPT\""),
                in("3.5", "accepts again after every client")
                        .change(
                                "Acceptor",
                                "if (more) { interruptIfCrowded();",
                                "if (more) { accept();")
                        .isCaughtBy(
                                "anAcceptThatGoesOnIsNotWrittenAgain",
                                "the accept goes on",
                                "got       \"ACCEPT, ACCEPT\""),
                in("3.5", "tries again at once when no descriptor is left, and so for ever")
                        .change("Acceptor", "pause.begin(result);", "resume();")
                        .isCaughtBy(
                                "withoutDescriptorsAcceptingPausesAndThenGoesOn",
                                "EMFILE",
                                "got       \"ACCEPT\""),
                in("3.5", "accepts in the middle of a pause when the crowd is served")
                        .change("Acceptor", "crowded = false; pause.begin", "pause.begin")
                        .isCaughtBy("aPauseEndsACrowd", "the pause is not over"),
                in("3.5", "closes the listening socket under an accept")
                        .change(
                                "Acceptor",
                                "if (accepting) { cancel(); } else { loop.linux.close(fd); }",
                                "loop.linux.close(fd);")
                        .isCaughtBy(
                                "theListeningSocketIsClosedWhenTheAcceptHasEndedAndNotBefore",
                                "expected  \"CANCEL\""),
                in("3.5", "forgets a client that comes while it closes")
                        .change("Acceptor", "loop.linux.close(result);", "")
                        .isCaughtBy(
                                "theListeningSocketIsClosedWhenTheAcceptHasEndedAndNotBefore",
                                "what the late client reads",
                                "expected  \"the end\""),
                in("3.5", "accepts again when a crowd has interrupted it")
                        .change(
                                "Acceptor",
                                "} else if (!Errno.ECANCELED.is(result)) {",
                                "} else if (Errno.ECANCELED.is(result)) { accept(); } else {")
                        .isCaughtBy(
                                "aCrowdInterruptsAcceptingUntilItIsServed", "ends with ECANCELED"),
                in("3.5", "accepts one client")
                        .change(
                                "Acceptor",
                                ".acceptMultishot(Constants.SOCK_CLOEXEC)",
                                ".poll(Constants.POLLIN)")
                        .isCaughtBy("oneEntryAcceptsManyClients", "13 is ACCEPT"));
    }

    private static List<Mistake> buffers() {
        return List.of(
                in("3.6", "writes zero where the tail lies, with entry 0")
                        .change(
                                "BufferRing",
                                ".putShort(at + 12, (short) id);",
                                ".putInt(at + 12, id & 0xFFFF);")
                        .isCaughtBy(
                                "theTailIsCountedOnWhereSixteenBitsWrapAndAnEntryNeverMovesIt",
                                "the tail before the publish, round 4"),
                in("3.6", "shows a buffer to the kernel before it is published")
                        .change("BufferRing", "tail++;", "tail++; publish();")
                        .isCaughtBy(
                                "aBufferIsTheKernelsWhenItIsPublishedAndNotBefore",
                                "the tail that the kernel sees"),
                in("3.6", "stores the tail plainly")
                        .change(
                                "BufferRing",
                                "words.setRelease16(offsetOfTail(), tail);",
                                "memory.buffer().putShort(offsetOfTail(), tail);")
                        .isCaughtBy(
                                "aBufferIsTheKernelsWhenItIsPublishedAndNotBefore",
                                "setRelease16 14"),
                in("3.6", "never gives a place back")
                        .change(
                                "ReceiveBuffers",
                                "emptyPlaces[most - filled] = place; filled--;",
                                "")
                        .isCaughtBy(
                                "aChunkThatWasUsedLeavesItsPlaceToAnother",
                                "message 1",
                                "filled(), after take()"),
                in("3.6", "provides the buffer again while its bytes are being sent")
                        .change(
                                "ReceiveBuffers",
                                "places[place] = null; emptyPlaces",
                                "ring.provide(place, chunk.address(), 1000); emptyPlaces")
                        .isCaughtBy("aChunkThatWasUsedLeavesItsPlaceToAnother", "message"),
                in("3.6", "lends memory without a limit")
                        .change("ReceiveBuffers", "filled < wanted && mayLend()", "filled < wanted")
                        .isCaughtBy(
                                "receivingPausesWhileTooMuchMemoryIsLent",
                                "filled()",
                                "got       4"),
                in("3.6", "submits a receive that found no buffer again at once")
                        .change(
                                "UnsettledReceives",
                                "if (receive.outOfBuffers()) {",
                                "if (receive.outOfBuffers() && outOfBuffers.size() < 0) {")
                        .isCaughtBy(
                                "noMoreOfThoseWithoutABufferTryAgainThanThereAreBuffers",
                                "all of them end with ENOBUFS",
                                "expected  4",
                                "got       10"),
                in("3.6", "counts a turn for one that is closed meanwhile")
                        .change(
                                "UnsettledReceives",
                                "if (settle(outOfBuffers.remove())) { left--; }",
                                "settle(outOfBuffers.remove()); left--;")
                        .isCaughtBy(
                                "whoIsClosedMeanwhileTakesNoTurnOfTheOthers",
                                "the first of them closes",
                                "expected  1"),
                in("3.6", "lets all wait while one has no buffer")
                        .change(
                                "UnsettledReceives",
                                "if (receive.outOfBuffers()) {",
                                "if (receive.outOfBuffers() || !outOfBuffers.isEmpty()) {")
                        .isCaughtBy(
                                "whoHasBytesComingDoesNotWaitBehindThoseWithoutABuffer",
                                "expected  2"));
    }

    private static List<Mistake> sendAndClose() {
        return List.of(
                in("3.7", "takes a short send for a whole one")
                        .change(
                                "RingConnection",
                                "outgoing.sent(Math.max(0, result));",
                                "outgoing.sent(result < 0 ? 0 : outgoing.first().bytes().remaining());")
                        .isCaughtBy(
                                "aSendThatWasCutShortGoesOnWhereItStopped",
                                "30 of them",
                                "expected  \"SEND\""),
                in("3.7", "sends the whole chunk again")
                        .change(
                                "RingConnection",
                                "outgoing.sent(Math.max(0, result));",
                                "if (result < 0 || result >= outgoing.first().bytes().remaining()) {"
                                        + " outgoing.sent(Math.max(0, result)); }")
                        .isCaughtBy(
                                "aSendThatWasCutShortGoesOnWhereItStopped",
                                "its length",
                                "expected  70",
                                "got       100"),
                in("3.7", "has several sends in flight")
                        .change(
                                "RingConnection",
                                "if (!inFlight.has(Operation.SEND) && !outgoing.isEmpty()) {",
                                "if (!outgoing.isEmpty()) {")
                        .isCaughtBy(
                                "oneSendAtATimeSoThatBytesStayInOrder",
                                "two chunks are to be sent",
                                "got       \"SEND, SEND\""),
                in("3.7", "closes the descriptor at once")
                        .change(
                                "RingConnection",
                                "inFlight.cancelAll(); closeIfNothingIsInFlight();",
                                "closeIfNothingIsInFlight();")
                        .change("RingConnection", "if (inFlight.isEmpty()) {", "{")
                        .isCaughtBy(
                                "whatIsInFlightIsCancelledAndThenTheDescriptorClosed",
                                "[CANCEL, CANCEL]",
                                "[CLOSE]"),
                in("3.7", "cancels and does not wait for the end")
                        .change("RingConnection", "if (inFlight.isEmpty()) {", "{")
                        .isCaughtBy(
                                "whatIsInFlightIsCancelledAndThenTheDescriptorClosed",
                                "[CANCEL, CANCEL, CLOSE]"),
                in("3.7", "receives anew on a connection that is being closed")
                        .change("RingConnection", "receive.close(); inFlight", "inFlight")
                        .isCaughtBy(
                                "whatIsInFlightIsCancelledAndThenTheDescriptorClosed",
                                "ends with ECANCELED",
                                "got       \"RECEIVE\""),
                in("3.7", "never closes when a send ends last")
                        .change(
                                "RingConnection",
                                "outgoing.sent(Math.max(0, result)); if (closed) { closeIfNothingIsInFlight(); return; }",
                                "outgoing.sent(Math.max(0, result)); if (closed) { return; }")
                        .isCaughtBy(
                                "aChunkThatIsBeingSentIsTheKernelsUntilTheSendHasEnded",
                                "expected  \"CLOSE\""),
                in("3.7", "goes on sending after an error")
                        .change("RingConnection", "if (result < 0) { outgoing.lose(); }", "")
                        .isCaughtBy("aSendThatFailsLosesTheRestAndGivesEveryChunkBack", "EPIPE"),
                in("3.7", "forgets the FIN")
                        .change("RingConnection", "sendNext(); sendFin(); if", "sendNext(); if")
                        .isCaughtBy(
                                "theFinFollowsTheLastByteAndDoesNotOvertakeIt", "expected  true"));
    }

    /** They are run with the one test of the contract that must catch them. */
    private static List<Mistake> gate() {
        return List.of(
                in("3.9", "takes a short send for a whole one")
                        .change(
                                "RingConnection",
                                "Constants.MSG_NOSIGNAL | Constants.MSG_WAITALL",
                                "Constants.MSG_NOSIGNAL")
                        .change(
                                "RingConnection",
                                "outgoing.sent(Math.max(0, result));",
                                "outgoing.sent(result < 0 ? 0 : outgoing.first().bytes().remaining());")
                        .isCaughtBy("aClientThatDoesNotReadStopsTheUpstream", "What happened:"),
                in("3.9", "carries the slot alone, as good as a descriptor")
                        .change("UserData", "<< 56 | token", "<< 56 | token & 0xFFFF_FFFFL")
                        .isCaughtBy(
                                "aRefusedConnectionGoesToTheNextUpstreamForEveryMethod",
                                "What happened:"),
                in("3.9", "never gives a place back")
                        .change(
                                "ReceiveBuffers",
                                "emptyPlaces[most - filled] = place; filled--;",
                                "")
                        .isCaughtBy("anUpstreamThatDoesNotReadStopsTheClient", "What happened:"));
    }
}
