/**
 * Lesson 4: lesson 3's proxy on rings that a thread of the kernel serves (IORING_SETUP_SQPOLL), so
 * that a request needs close to no system call. Who touches which word of a ring:
 *
 * <pre>
 *                       the loop (Java)                      the poller (kernel)
 *
 *   submission entry    writes                               reads
 *   SQ tail             setRelease          ------------->   reads, before the entries
 *   SQ head             getAcquire          &lt;-------------   moves, when all of a batch are begun
 *   SQ flags
 *     NEED_WAKEUP       reads, behind a     &lt;-------------   sets before it sleeps, then has a
 *                       full fence                           full fence and reads the tail again
 *     CQ_OVERFLOW       getAcquire          &lt;-------------   sets when completions do not fit
 *   completion          reads               &lt;-------------   writes
 *   CQ tail             getAcquire          &lt;-------------   moves, behind the completion
 *   CQ head             setRelease          ------------->   reads: what is free again
 *
 *   io_uring_enter      SQ_WAKEUP: the poller sleeps         wakes up
 *                       SQ_WAIT: the queue is full           wakes the loop when there is room
 *                       GETEVENTS: nothing to do, or         wakes the loop at a completion,
 *                       completions have overflowed          delivers those it kept
 * </pre>
 *
 * <p>All lines but the last three are plain memory: that is where the system calls went. The price
 * is that the poller looks for entries even if there are none, until it has been idle for {@code
 * poller.idleMillis}, and that it does the socket work of all loops alone.
 *
 * <p>In this order: {@code SqPollMode} (the set-up, and one poller for several rings), {@code
 * PollerFlags} (what cannot go with it), {@code WakeUp} (the race, and its fence), {@code
 * BusyWait}, {@code Handover} (a queue that somebody else empties), {@code SqPollSubmitter} (when
 * the kernel is entered yet), {@code RegisteredFiles} (sockets by their places in a table), {@link
 * tinygate.sqpoll.SqPollGate}. Beside the gate: {@code RegisteredBuffers} (sending without a copy,
 * and why the gate does not), {@code SendTrial} (what that costs), {@code PollerRequirements} (what
 * the preflight asks for more than lesson 3's).
 */
package tinygate.sqpoll;
