/**
 * Lesson 1: the proxy on blocking sockets. Read in this order: {@link tinygate.workers.WorkersGate}
 * accepts connections and hands each to a worker; {@link tinygate.workers.Worker} serves one
 * connection from its first byte to its last, top to bottom; {@link tinygate.workers.Wire} is a
 * connection that blocks, but never longer than its {@link tinygate.workers.Deadline}.
 */
package tinygate.workers;
