package tinygate.iouring;

import static tinygate.linux.Constants.MSG_NOSIGNAL;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.loop.NativeChunks;
import tinygate.loop.NativeChunks.NativeChunk;

/** Exercise 3.6: memory that is lent to the kernel, comes back, and may run out. */
@Exercise(
        id = "3.6",
        title = "Buffer ring and ENOBUFS",
        points = 20,
        minutes = 40,
        chapter = "lesson3.html#ex-3-6",
        code = {
            "tinygate.iouring.BufferRing",
            "tinygate.iouring.ReceiveBuffers",
            "tinygate.iouring.UnsettledReceives"
        },
        seconds = 15,
        hints = {
            """
            A buffer is Java's or the kernel's, never both: provide() writes its entry and counts the tail on, publish()
            shows the tail to the kernel. The tail of the ring lies in the last two bytes of entry 0, so an entry has only
            14 bytes that you may write: address, length, id.""",
            """
            take(): the chunk leaves its place, the place goes back to emptyPlaces, and one fewer is filled; the empty
            places are the first most - filled of that array. refill() does the opposite until filled is wanted. Its
            length is the chunk's capacity without Chunk.HEAD_ROOM; its limit is set in take(), by the bytes that came.""",
            """
            settle(): refill; then all who were added: who is outOfBuffers() goes to the queue of these, the others are
            settled; then settle from the front of that queue until as many were armed, which settle(receive) tells, as
            there are buffers.filled(). add() does nothing for one that is queued, which it knows itself.""",
        })
public class BuffersExercise {
    private static final int LENGTH = 64;
    private static final int ENTRIES = 4;
    private static final int CLIENTS = 100;
    private static final long RECEIVE = 1;

    @BeforeAll
    static void aRingCanBeMade() {
        NeededHere.ioUring();
    }

    @Test
    @Order(1)
    void aBufferIsTheKernelsWhenItIsPublishedAndNotBefore(Story story) throws LinuxException {
        try (SeenBufferRing seen = new SeenBufferRing()) {
            story.step("provide(2, 1000, 64), provide(40000, 2000, 65)");
            seen.ring.provide(2, 1000, 64);
            seen.ring.provide(40_000, 2000, 65);
            story.expect("entry 0", "address 1000, length 64, id 2", seen.entry(0));
            story.expect("entry 1", "address 2000, length 65, id 40000", seen.entry(1));
            story.expect("the tail that the kernel sees", 0, seen.tail());
            story.step("publish()");
            seen.ring.publish();
            story.expect("the tail that the kernel sees", 2, seen.tail());
            story.expect("how the tail was written", "setRelease16 14", seen.accesses());
        }
    }

    @Test
    @Order(2)
    void theTailIsCountedOnWhereSixteenBitsWrapAndAnEntryNeverMovesIt(Story story)
            throws LinuxException {
        try (SeenBufferRing seen = new SeenBufferRing()) {
            story.step("70,000 buffers go round in a ring of 4, each is published");
            for (int i = 0; i < 70_000; i++) {
                int before = seen.tail();
                seen.ring.provide(i & 0xFFFF, i, LENGTH);
                story.expect("the tail before the publish, round " + i, before, seen.tail());
                String wanted = "address " + i + ", length 64, id " + (i & 0xFFFF);
                story.expect(
                        "entry " + i % ENTRIES + ", round " + i, wanted, seen.entry(i % ENTRIES));
                seen.ring.publish();
                story.expect("the tail, round " + i, i + 1 & 0xFFFF, seen.tail());
            }
        }
    }

    @Test
    @Order(3)
    void theKernelPicksThemInOrderAndAReceiveWithoutOneEnds(Story story) throws LinuxException {
        try (SeenBufferRing seen = new SeenBufferRing();
                NativeMemory buffers = NativeMemory.allocate(seen.test.linux, ENTRIES * LENGTH)) {
            int[] pair = seen.test.pair();
            story.step("buffers 2 and 0, of 64 bytes, are provided; a receive begins");
            for (int id : new int[] {2, 0}) {
                seen.ring.provide(id, buffers.address() + id * LENGTH, LENGTH);
            }
            seen.ring.publish();
            seen.test.next().receiveMultishot(7, false).fd(pair[0]).userData(RECEIVE);
            seen.test.expectNothing();
            story.step("130 bytes arrive");
            seen.test.linux.send(pair[1], seen.test.memory.address(), 130, MSG_NOSIGNAL);
            for (int id : new int[] {2, 0}) {
                story.expect("bytes received", LENGTH, seen.test.resultOf(RECEIVE));
                story.expect("the buffer", id, seen.test.completions.buffer());
            }
            story.step("no buffer is left");
            story.expect("the receive ends with ENOBUFS", -105, seen.test.resultOf(RECEIVE));
            story.expect("it goes on", false, seen.test.completions.more());
        }
    }

    @Test
    @Order(4)
    void aChunkThatWasUsedLeavesItsPlaceToAnother(Story story) throws LinuxException {
        try (TestRing test = new TestRing(8, 64);
                NativeChunks chunks = new NativeChunks(test.linux, 4096);
                ReceiveBuffers buffers =
                        new ReceiveBuffers(test.linux, test.ring, 4, CLIENTS, chunks)) {
            int[] pair = test.pair();
            story.step("a ring of 4 buffers is filled, and a receive begins");
            buffers.refill();
            story.expect("filled()", 4, buffers.filled());
            test.next().receiveMultishot(buffers.group(), false).fd(pair[0]).userData(RECEIVE);
            test.expectNothing();
            for (int i = 1; i <= 20; i++) {
                String sent = "message " + i;
                story.step("%s arrives", sent);
                SeenBufferRing.send(test, pair[1], sent);
                test.await();
                story.expect("bytes received", sent.length(), test.completions.result());
                NativeChunk chunk =
                        buffers.take(test.completions.buffer(), test.completions.result());
                story.expect("filled(), after take()", 3, buffers.filled());
                story.expect("the bytes of the chunk", sent, SeenBufferRing.text(chunk));
                if (i % 2 == 0) {
                    chunk.release(); // the others are still being sent to a slow client
                }
                buffers.refill();
                story.expect("filled(), after refill()", 4, buffers.filled());
            }
            story.expect("chunks that belong to somebody: 4 buffers, 10 kept", 14, chunks.lent());
        }
    }

    @Test
    @Order(5)
    void twiceAsManyAreFilledWhenTheKernelFoundNone(Story story) throws LinuxException {
        try (TestRing test = new TestRing(8, 64);
                NativeChunks chunks = new NativeChunks(test.linux, 4096);
                ReceiveBuffers buffers =
                        new ReceiveBuffers(test.linux, test.ring, 128, CLIENTS, chunks)) {
            buffers.refill();
            story.step("32 of at most 128 buffers are filled at first");
            story.expect("filled()", 32, buffers.filled());
            for (int wanted : new int[] {64, 128, 128}) {
                story.step("the kernel finds none, some say so twice; refill(), twice");
                buffers.exhausted();
                buffers.exhausted();
                buffers.refill();
                buffers.refill();
                story.expect("filled()", wanted, buffers.filled());
            }
        }
    }

    @Test
    @Order(6)
    void receivingPausesWhileTooMuchMemoryIsLent(Story story) throws LinuxException {
        try (TestRing test = new TestRing(8, 64);
                NativeChunks chunks = new NativeChunks(test.linux, 4096);
                ReceiveBuffers buffers = new ReceiveBuffers(test.linux, test.ring, 4, 0, chunks)) {
            story.step("4 buffers for no client at all: not more than these 4 chunks may be lent");
            buffers.refill();
            story.expect("filled()", 4, buffers.filled());
            story.step("one is used, and not given back yet");
            int[] pair = test.pair();
            test.next().receiveMultishot(buffers.group(), false).fd(pair[0]).userData(RECEIVE);
            SeenBufferRing.send(test, pair[1], "x");
            story.expect("bytes received", 1, test.resultOf(RECEIVE));
            NativeChunk chunk = buffers.take(test.completions.buffer(), 1);
            buffers.refill();
            story.expect("filled()", 3, buffers.filled());
            story.step("it is given back");
            chunk.release();
            buffers.refill();
            story.expect("filled()", 4, buffers.filled());
        }
    }

    @Test
    @Order(7)
    void aReceiveThatHasEndedBeginsAnewAndOnce(Story story) throws IOException {
        try (StillLoop still = new StillLoop(4)) {
            RingConnection connection = still.connection(new Socket[1]);
            story.step("the receive of a connection is added twice; then settle()");
            still.loop.unsettled.add(connection.receive);
            still.loop.unsettled.add(connection.receive);
            still.loop.unsettled.settle();
            expectReceives(story, still, 1);
            story.step("settle(), once more");
            still.loop.unsettled.settle();
            expectReceives(story, still, 0);
            story.step("it was cancelled, and is added again; settle()");
            connection.receiveCompleted(-Errno.ECANCELED.number(), false, null);
            still.loop.unsettled.settle();
            expectReceives(story, still, 1);
        }
    }

    @Test
    @Order(8)
    void noMoreOfThoseWithoutABufferTryAgainThanThereAreBuffers(Story story) throws IOException {
        try (StillLoop still = new StillLoop(4)) {
            List<RingConnection> connections = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                connections.add(still.connection(new Socket[1]));
            }
            story.step("10 connections begin to receive, with 4 buffers");
            still.loop.unsettled.settle();
            expectReceives(story, still, 10);
            story.step("all of them end with ENOBUFS; settle()");
            for (RingConnection connection : connections) {
                connection.receiveCompleted(-Errno.ENOBUFS.number(), false, null);
            }
            still.loop.unsettled.settle();
            List<Integer> first = expectReceives(story, still, 4);
            story.step("settle(), in the next turn");
            still.loop.unsettled.settle();
            List<Integer> second = expectReceives(story, still, 4);
            story.step("settle(), in the turn after it");
            still.loop.unsettled.settle();
            List<Integer> third = expectReceives(story, still, 2);
            List<Integer> all = new ArrayList<>(first);
            all.addAll(second);
            all.addAll(third);
            story.expect("connections that tried again", 10L, all.stream().distinct().count());
        }
    }

    @Test
    @Order(9)
    void whoHasBytesComingDoesNotWaitBehindThoseWithoutABuffer(Story story) throws IOException {
        try (StillLoop still = new StillLoop(1)) {
            List<RingConnection> connections = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                connections.add(still.connection(new Socket[1]));
            }
            still.loop.unsettled.settle();
            still.written();
            story.step("with 1 buffer, 3 connections end with ENOBUFS, and a new one comes");
            for (RingConnection connection : connections) {
                connection.receiveCompleted(-Errno.ENOBUFS.number(), false, null);
            }
            still.connection(new Socket[1]);
            still.loop.unsettled.settle();
            story.step("the new one begins, and one of the three tries again");
            expectReceives(story, still, 2);
        }
    }

    @Test
    @Order(10)
    void whoIsClosedMeanwhileTakesNoTurnOfTheOthers(Story story) throws IOException {
        try (StillLoop still = new StillLoop(1)) {
            RingConnection first = still.connection(new Socket[1]);
            RingConnection second = still.connection(new Socket[1]);
            still.loop.unsettled.settle();
            still.written();
            story.step("with 1 buffer, 2 connections end with ENOBUFS; the first of them closes");
            first.receiveCompleted(-Errno.ENOBUFS.number(), false, null);
            second.receiveCompleted(-Errno.ENOBUFS.number(), false, null);
            first.close();
            still.loop.unsettled.settle();
            story.step("the other one tries again in the same turn");
            expectReceives(story, still, 1);
        }
    }

    /** Their descriptors. */
    private static List<Integer> expectReceives(Story story, StillLoop still, int count) {
        List<Integer> receives =
                still.written().stream()
                        .filter(entry -> entry.operation() == Operation.RECEIVE)
                        .map(Written::fd)
                        .toList();
        story.expect("receives that were written down", count, receives.size());
        return receives;
    }
}
