/**
 * HTTP/1.1 as bytes (RFC 9112): heads, framing and bodies. Nothing here does I/O, starts a thread
 * or reads a clock, so every gate of the course uses it, whatever way its bytes arrive.
 *
 * <p>A message is read in two steps: a {@link tinygate.http.Head} parses the head where it lies in
 * the buffer, and a {@link tinygate.http.BodyScanner} then says which of the bytes that follow
 * belong to the body. Both can be given the bytes in pieces of any size.
 */
package tinygate.http;
