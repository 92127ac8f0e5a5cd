package tinygate.proof;

import static tinygate.proof.Mistake.in;

import java.util.List;

/** The part of lesson 3's gallery that is about the ring itself. */
final class RingMistakes {
    private RingMistakes() {}

    static List<Mistake> entry() {
        return List.of(
                in("3.1", "does not zero an entry that is used again")
                        .change("SubmissionEntry", "buffer.putLong(at + i, 0);", "")
                        .isCaughtBy(
                                "anEntryIsZeroWhenItIsUsedAgainAndItsNeighborsAreLeftAlone",
                                "byte 0 of entry 1",
                                "got       255"),
                in("3.1", "zeroes from the beginning of the memory")
                        .change(
                                "SubmissionEntry",
                                "buffer.putLong(at + i, 0);",
                                "buffer.putLong(i, 0);")
                        .isCaughtBy(
                                "anEntryIsZeroWhenItIsUsedAgainAndItsNeighborsAreLeftAlone",
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
                in("3.1", "forgets what ioprio says already")
                        .change(
                                "SubmissionEntry",
                                "return group(index).addIoprio(IORING_RECVSEND_FIXED_BUF);",
                                "return group(index).ioprio(IORING_RECVSEND_FIXED_BUF);")
                        .isCaughtBy(
                                "aRegisteredBufferIsAddedToWhatIoprioSaysAlready",
                                "SEND_ZC_REPORT_USAGE 8",
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

    static List<Mistake> mapping() {
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
                                "at 28: -1"),
                in("3.2", "takes the mask for the flags")
                        .change("RingParameters", "getInt(56)", "getInt(48)")
                        .isCaughtBy(
                                "eachWordOfTheAnswerIsReadWhereItStands",
                                "submissionFlags()",
                                "expected  1056"));
    }

    static List<Mistake> queues() {
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
                                "plain reads of a word that the kernel writes",
                                "get(submission head)"),
                in("3.3", "reads the kernel's head as its own where the queue looks full")
                        .change(
                                "SubmissionQueue",
                                "if (tail - knownHead == size) { knownHead = words.getAcquire",
                                "if (tail - knownHead == size) { knownHead = words.get")
                        .isCaughtBy(
                                "theTailIsReleasedAndTheHeadAcquired",
                                "plain reads of a word that the kernel writes",
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

    static List<Mistake> userData() {
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

    static List<Mistake> oneEnter() {
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
}
