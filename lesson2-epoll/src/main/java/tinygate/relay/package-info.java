/**
 * The proxy as a state machine without any I/O. A {@link tinygate.relay.Driver} does the I/O: it
 * tells an {@link tinygate.relay.Exchange} what has happened, and the exchange tells the driver
 * what to do next. Three drivers use it in this course: epoll, Netty and io_uring.
 *
 * <p>Bytes travel as {@link tinygate.relay.Chunk}s. A chunk has one owner at each moment:
 *
 * <pre>
 *   driver                        exchange                       driver
 *   takes a chunk, lets the  -->  received(side, chunk)
 *   kernel write into it          keeps it, looks at it,
 *                                 puts a new head before   -->   send(side, chunk)
 *                                 the body                       lets the kernel read from it,
 *                                                                releases it when it was sent
 * </pre>
 *
 * Reading order: {@link tinygate.relay.Phase} (the states), {@link tinygate.relay.Driver} (what an
 * exchange asks for), {@link tinygate.relay.Exchange} (what happens when).
 */
package tinygate.relay;
