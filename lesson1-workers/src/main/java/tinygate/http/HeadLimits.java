package tinygate.http;

/**
 * The largest head that is accepted.
 *
 * @param bytes from the first byte to the end of the empty line
 * @param fields the number of field lines
 * @param targetBytes the size of a request target
 */
public record HeadLimits(int bytes, int fields, int targetBytes) {}
