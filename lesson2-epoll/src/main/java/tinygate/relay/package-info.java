/**
 * The proxy as a state machine without any I/O. A {@link tinygate.relay.Driver} does the I/O: it
 * tells an {@link tinygate.relay.Exchange} what has happened, and the exchange tells the driver
 * what to do next. Three drivers use it in this course: epoll, Netty and io_uring.
 *
 * <p>Bytes travel as {@link tinygate.relay.Chunk}s. A chunk has one owner at each moment, who hands
 * it on or releases it:
 *
 * <pre>
 *   what happens to a chunk                                       whose it is then
 *   lent: the kernel is to write into it                          the driver's
 *   arrived: Exchange.received                                    the exchange's
 *     and there is nobody to take it any more                     released by the exchange
 *     and its bytes were moved behind those of the last one       the newcomer is released, at once
 *     and a head lies in it that is not complete                  the exchange's, until it is
 *     and its head was used, and nothing is behind it             released by the exchange
 *   asked for by an exchange: Driver.newChunk                     the exchange's
 *   given to be sent: Driver.send                                 the driver's
 *     and the connection takes no more                            released by the driver
 *     and it waits behind others (their bytes may be merged)      the driver's
 *   in flight: the kernel reads from it                           the driver's, until it completes
 *     and a part was sent                                         the driver's, to send the rest
 *     and all was sent, or sending has failed                     released by the driver
 *     and its connection is closed, aborted or broken             the driver's, until it completes
 * </pre>
 *
 * Where sending is a call that returns (epoll), nothing is in flight between two events; on a ring
 * a chunk may come back when its exchange has long been closed.
 *
 * <p>Reading order: {@link tinygate.relay.Phase} (the states), {@link tinygate.relay.Driver} (what
 * an exchange asks for), {@link tinygate.relay.Exchange} (what happens when), then {@code
 * Transaction} (one request and its response).
 */
package tinygate.relay;
