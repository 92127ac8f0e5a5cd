/**
 * Lesson 2: the proxy on epoll. Read in this order, coming from lesson 1's worker: {@link
 * tinygate.relay.Exchange} (the worker's story as a state machine), {@link
 * tinygate.epoll.EventLoop} (one thread, many connections), {@link tinygate.epoll.EpollDriver}
 * (what is ready becomes what has happened), {@link tinygate.epoll.Connection} (one socket), {@link
 * tinygate.epoll.Epoll} (the system calls). What lessons 3 and 4 use again is in {@link
 * tinygate.loop}.
 */
package tinygate.epoll;
