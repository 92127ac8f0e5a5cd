/**
 * Lesson 3: the proxy on io_uring. {@link tinygate.iouring.Preflight} tells whether this machine
 * has what it needs; {@link tinygate.iouring.NettyIoUring} is lesson 2's Netty gate on another
 * transport.
 */
package tinygate.iouring;
