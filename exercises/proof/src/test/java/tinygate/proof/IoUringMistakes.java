package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;
import java.util.stream.Stream;

/** The gallery of lesson 3: what people get wrong in its exercises. */
final class IoUringMistakes {
    private IoUringMistakes() {}

    static List<Mistake> all() {
        return Stream.of(
                        entry(),
                        mapping(),
                        queues(),
                        userData(),
                        accept(),
                        buffers(),
                        sendAndClose(),
                        oneEnter(),
                        gate())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mistake> entry() {
        return List.of(
                in("3.1", "does not zero an entry that is used again")
                        .change("SubmissionEntry", "buffer.putLong(at + i, 0);", "")
                        .isCaughtBy(
                                "anEntryIsZeroWhenItIsUsedAgainAndItsNeighboursAreLeftAlone",
                                "byte 0 of entry 1",
                                "got       255"),
                in("3.1", "zeroes from the beginning of the memory")
                        .change(
                                "SubmissionEntry",
                                "buffer.putLong(at + i, 0);",
                                "buffer.putLong(i, 0);")
                        .isCaughtBy(
                                "anEntryIsZeroWhenItIsUsedAgainAndItsNeighboursAreLeftAlone",
                                "of entry 0",
                                "expected  255"),
                in("3.1", "puts a flag in the place of those that are set")
                        .change(
                                "SubmissionEntry",
                                "(byte) (entries.buffer().get(at + 1) | flags)",
                                "(byte) flags")
                        .isCaughtBy(
                                "aFlagIsAddedToThoseThatAreSet",
                                "BUFFER_SELECT 32, FIXED_FILE 1",
                                "expected  37",
                                "got       4"),
                in("3.1", "gives the length of an address in len")
                        .change(
                                "SubmissionEntry",
                                ".address(to.address()).offset(to.length())",
                                ".address(to.address()).length(to.length())")
                        .isCaughtBy("aConnectHasTheLengthOfItsAddressInOff", "expected  16", "off"),
                in("3.1", "writes the group as wide as an int")
                        .change(
                                "SubmissionEntry",
                                "entries.buffer().putShort(at + 40, (short) group)",
                                "entries.buffer().putInt(at + 40, -group)")
                        .isCaughtBy("theLargestValuesFitToo", "receiveMultishot(65535"),
                in("3.1", "swaps off and addr")
                        .change(
                                "SubmissionEntry",
                                "putLong(at + 16, address)",
                                "putLong(at + 8, address)")
                        .isCaughtBy(
                                "eachFieldHasItsPlaceAndItsWidth",
                                "addr 0x1122334455667788",
                                "off 0x1122334455667788"));
    }

    private static List<Mistake> mapping() {
        return List.of(
                in("3.2", "forgets the completions behind the array")
                        .change(
                                "RingMemory",
                                "return Math.max(completionsEnd, arrayEnd);",
                                "return arrayEnd;")
                        .isCaughtBy(
                                "theFirstMappingEndsBehindCompletionsAndArrayWhicheverIsLast",
                                "sizeOfQueues"),
                in("3.2", "believes that there are twice as many completions as submissions")
                        .change(
                                "RingMemory",
                                "parameters.completionEntries() * CompletionQueue",
                                "2 * parameters.submissionEntries() * CompletionQueue")
                        .isCaughtBy(
                                "theFirstMappingEndsBehindCompletionsAndArrayWhicheverIsLast",
                                "1024 completions",
                                "expected  16448"),
                in("3.2", "fills an array that is not there")
                        .change(
                                "RingMemory",
                                "if ((parameters.flags() & IORING_SETUP_NO_SQARRAY) == 0) {",
                                "{")
                        .isCaughtBy("aRingWithoutAnArrayKeepsItsWords", "expected  127"),
                in("3.2", "leaves the array as it is")
                        .change("RingMemory", "memory.fillArray(parameters);", "")
                        .isCaughtBy(
                                "theArrayNamesEachEntryOnceAndNothingElseIsTouched",
                                "place 0 of the array"),
                in("3.2", "keeps the first mapping when the second is refused")
                        .change("RingMemory", "queues.close(); throw e;", "throw e;")
                        .isCaughtBy(
                                "whatWasMappedIsGivenBackIfTheRestIsRefused",
                                "mappings that are left",
                                "got       1"),
                in("3.2", "leaves in the memory what the kernel must not find there")
                        .change("RingParameters", "buffer.putLong(i, 0);", "")
                        .isCaughtBy(
                                "whatIsAskedForStandsWhereTheKernelReadsItAndTheRestIsZero",
                                "at 0: -1"),
                in("3.2", "takes the mask for the flags")
                        .change("RingParameters", "getInt(56)", "getInt(48)")
                        .isCaughtBy(
                                "eachWordOfTheAnswerIsReadWhereItStands",
                                "submissionFlags()",
                                "expected  1056"));
    }

    private static List<Mistake> queues() {
        return List.of(
                in("3.3", "shows an entry to the kernel before it is filled")
                        .change(
                                "SubmissionQueue",
                                "return entry.moveTo(tail++ & size - 1);",
                                "SubmissionEntry next = entry.moveTo(tail++ & size - 1);"
                                        + " publish(); return next;")
                        .isCaughtBy(
                                "theKernelSeesAnEntryWhenItIsPublishedAndNotBefore",
                                "it is not filled yet",
                                "got       1"),
                in("3.3", "reads the kernel's head as if it were its own")
                        .change(
                                "SubmissionQueue",
                                "public int pending() { knownHead = words.getAcquire",
                                "public int pending() { knownHead = words.get")
                        .isCaughtBy(
                                "theTailIsReleasedAndTheHeadAcquired",
                                "no plain read",
                                "get(submission head)"),
                in("3.3", "stores the completions' head plainly")
                        .change(
                                "CompletionQueue",
                                "words.setRelease(at.completionHead(), head);",
                                "memory.buffer().putInt(at.completionHead(), head);")
                        .isCaughtBy(
                                "theTailIsAcquiredAndTheHeadReleased",
                                "setRelease(completion head)"),
                in("3.3", "reads the completions' tail plainly")
                        .change(
                                "CompletionQueue",
                                "words.getAcquire(at.completionTail())",
                                "memory.buffer().getInt(at.completionTail())")
                        .isCaughtBy(
                                "theTailIsAcquiredAndTheHeadReleased",
                                "getAcquire(completion tail)"),
                in("3.3", "compares counters that wrap by their size")
                        .change(
                                "CompletionQueue",
                                "return head != knownTail;",
                                "return head < knownTail;")
                        .isCaughtBy(
                                "completionsGoRoundAlsoWhereTheCountersWrap",
                                "number 2147483647",
                                "expected  true"),
                in("3.3", "takes the place by the remainder of a division")
                        .change("SubmissionQueue", "tail++ & size - 1", "tail++ % size")
                        .isCaughtBy("submissionsGoRoundAlsoWhereTheCountersWrap", "stand at -2"),
                in("3.3", "overwrites what the kernel has not taken")
                        .change("SubmissionQueue", "return null;", "")
                        .isCaughtBy(
                                "aFullQueueHasNoEntryUntilTheKernelHasTakenOne",
                                "next() number 5",
                                "expected  null"),
                in("3.3", "gives places back while they are read")
                        .change(
                                "CompletionQueue",
                                "entry = at.completions() + (head++ & size - 1) * sizeOfEntry();",
                                "entry = at.completions() + (head++ & size - 1) * sizeOfEntry(); release();")
                        .isCaughtBy(
                                "aCompletionIsReadAndItsPlaceGivenBackByReleaseAlone",
                                "the head that the kernel sees",
                                "expected  0"));
    }

    private static List<Mistake> userData() {
        return List.of(
                in("3.4", "shifts an int by 56")
                        .change(
                                "UserData",
                                "(long) operation.ordinal() << 56",
                                "operation.ordinal() << 56")
                        .isCaughtBy("theOperationStandsInTheHighestEightBits", "000005 00000003"),
                in("3.4", "leaves the generation behind")
                        .change("UserData", "userData & (1L << 56) - 1", "userData & 0xFFFF_FFFFL")
                        .isCaughtBy("everyTokenComesBackWhole", "expected  \"00 000001 00000000\""),
                in("3.4", "brings back the slot alone, with a sign")
                        .change("UserData", "userData & (1L << 56) - 1", "(int) userData")
                        .isCaughtBy("everyTokenComesBackWhole", "ff ffffff 80000000"),
                in("3.4", "carries the slot alone, as good as a descriptor")
                        .change("UserData", "<< 56 | token", "<< 56 | token & 0xFFFF_FFFFL")
                        .isCaughtBy(
                                "aCompletionOfThePastFindsNobodyInAUsedSlot",
                                "completes",
                                "the connection it is for"),
                in("3.4", "forgets to take the operation off")
                        .change("UserData", "userData & (1L << 56) - 1", "userData")
                        .isCaughtBy("everyTokenComesBackWhole", "token()"));
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
                        .change(
                                "ReceiveBuffers",
                                "filled < wanted && chunks.lent() < mostLent",
                                "filled < wanted")
                        .isCaughtBy(
                                "receivingPausesWhileTooMuchMemoryIsLent",
                                "filled()",
                                "got       4"),
                in("3.6", "submits a receive that found no buffer again at once")
                        .change(
                                "UnsettledReceives",
                                "if (connection.outOfBuffers()) {",
                                "if (connection.outOfBuffers() && outOfBuffers.size() < 0) {")
                        .isCaughtBy(
                                "noMoreOfThoseWithoutABufferTryAgainThanThereAreBuffers",
                                "all of them end with ENOBUFS",
                                "expected  4",
                                "got       10"),
                in("3.6", "lets all wait while one has no buffer")
                        .change(
                                "UnsettledReceives",
                                "if (connection.outOfBuffers()) {",
                                "if (connection.outOfBuffers() || !outOfBuffers.isEmpty()) {")
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
                                "entries that were written"),
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
                                "if (!inFlight.contains(Operation.SEND) && !outgoing.isEmpty()) {",
                                "if (!outgoing.isEmpty()) {")
                        .isCaughtBy(
                                "oneSendAtATimeSoThatBytesStayInOrder",
                                "entries that were written",
                                "got       2"),
                in("3.7", "closes the descriptor at once")
                        .change(
                                "RingConnection",
                                "inFlight.forEach(this::cancel); closeIfNothingIsInFlight();",
                                "inFlight.clear(); closeIfNothingIsInFlight();")
                        .isCaughtBy(
                                "whatIsInFlightIsCancelledAndThenTheDescriptorClosed",
                                "[CANCEL, CANCEL]",
                                "[CLOSE]"),
                in("3.7", "cancels and does not wait for the end")
                        .change(
                                "RingConnection",
                                "inFlight.forEach(this::cancel); closeIfNothingIsInFlight();",
                                "inFlight.forEach(this::cancel); inFlight.clear(); closeIfNothingIsInFlight();")
                        .isCaughtBy(
                                "whatIsInFlightIsCancelledAndThenTheDescriptorClosed",
                                "[CANCEL, CANCEL, CLOSE]"),
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

    private static List<Mistake> oneEnter() {
        return List.of(
                in("3.8", "enters the kernel for each entry")
                        .change(
                                "SubmissionWriter",
                                "SubmissionEntry entry = queue.next(); if",
                                "submit(); SubmissionEntry entry = queue.next(); if")
                        .isCaughtBy("aBatchIsOneSystemCall", "expected  1", "got       65"),
                in("3.8", "submits and waits in two calls")
                        .change(
                                "EnteringSubmitter",
                                "public void submitAndWait(long timeoutNanos) throws LinuxException {",
                                "public void submitAndWait(long timeoutNanos) throws LinuxException { submit();")
                        .isCaughtBy("aBatchIsOneSystemCall", "system calls", "got       2"),
                in("3.8", "enters without GETEVENTS if it does not wait")
                        .change(
                                "EnteringSubmitter",
                                "minComplete, IORING_ENTER_GETEVENTS, timeoutNanos",
                                "minComplete, minComplete == 0 ? 0 : IORING_ENTER_GETEVENTS, timeoutNanos")
                        .isCaughtBy(
                                "completionsThatWereHeldBackAreDelivered", "completions that came"),
                in("3.8", "forgets to publish")
                        .change(
                                "EnteringSubmitter",
                                "public void submit() throws LinuxException { ring.submissions().publish();",
                                "public void submit() throws LinuxException {")
                        .isCaughtBy("submitHandsOverAndDoesNotWait", "has not taken"),
                in("3.8", "hands over what is new, and never what was left")
                        .change(
                                "EnteringSubmitter",
                                "private final Ring ring;",
                                "private final Ring ring; private int handed;")
                        .change(
                                "EnteringSubmitter",
                                "int toSubmit = ring.submissions().pending();",
                                "int toSubmit = Math.max(0, ring.submissions().pending() - handed);"
                                        + " handed += toSubmit;")
                        .isCaughtBy(
                                "whatTheKernelHasLeftIsHandedOverTheNextTime",
                                "entries that are left",
                                "expected  0"),
                in("3.8", "takes the end of a wait for an error")
                        .change(
                                "EnteringSubmitter",
                                "RingErrors.entered(ring.enter(toSubmit, minComplete, IORING_ENTER_GETEVENTS, timeoutNanos));",
                                "LinuxException.check(\"io_uring_enter\", \"\","
                                        + " ring.enter(toSubmit, minComplete, IORING_ENTER_GETEVENTS, timeoutNanos));")
                        .isCaughtBy("aWaitEndsWhenItsTimeIsOverAndThatIsNoError", "ETIME"),
                in("3.8", "gives up when the queue is full")
                        .change("SubmissionWriter", "full.inc(); submit();", "return null;")
                        .isCaughtBy("aFullQueueIsHandedOverEarlierAndCounted", "100 operations"));
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
