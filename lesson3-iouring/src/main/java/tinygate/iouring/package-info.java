/**
 * Lesson 3: the proxy on io_uring. One request on connections that are open already, as the ring of
 * a loop sees it; between two lines the kernel is entered once, for all connections together:
 *
 * <pre>
 *   the loop writes (submissions)                  the kernel writes (completions)
 *
 *   RECEIVE client, again and again
 *   RECEIVE upstream, again and again
 *   ------------------------ io_uring_enter: submit, wait ------------------------
 *                                                  RECEIVE client: 140 bytes, in buffer 7
 *   (Exchange: the request's head, rewritten)
 *   SEND upstream, the new head
 *   ------------------------ io_uring_enter: submit, wait ------------------------
 *                                                  SEND upstream: 210 bytes; the chunk is free
 *                                                  RECEIVE upstream: 1,200 bytes, in buffer 8
 *   (Exchange: the response's head, rewritten in front of its body)
 *   SEND client, from buffer 8
 *   ------------------------ io_uring_enter: submit, wait ------------------------
 *                                                  SEND client: 1,230 bytes; the chunk is free
 * </pre>
 *
 * <p>The ring, usable on its own, in this order: {@link tinygate.iouring.Ring} (set up, enter),
 * {@link tinygate.iouring.SubmissionQueue}, {@link tinygate.iouring.SubmissionEntry}, {@link
 * tinygate.iouring.CompletionQueue}, {@link tinygate.iouring.UserData}, {@link
 * tinygate.iouring.BufferRing}. The gate on it, beside lesson 2's: {@code RingLoop} (one turn),
 * {@code CompletionBatches}, {@code RingConnection} (one socket and what of it is {@code
 * InFlight}), {@code Receive} (armed, cancelled, armed again), {@code ReceiveBuffers} (who owns a
 * buffer when), {@code RingDriver}, {@code Acceptor}, {@code HealthCheck}. Lesson 4 changes {@link
 * tinygate.iouring.RingMode} and nothing else.
 *
 * <p>Before any of it, {@link tinygate.iouring.Preflight} tells whether this machine has what it
 * needs. {@link tinygate.iouring.NettyIoUring} is lesson 2's Netty gate on another transport.
 */
package tinygate.iouring;
