package tinygate.http;

import tinygate.kit.NotDoneYet;

/**
 * Finds the fields of a head that are meant for this hop only, and go no further than the gate (RFC
 * 9110, section 7.6.1).
 */
final class HopByHop {
    private HopByHop() {}

    /**
     * Marks the fields that a hop keeps to itself: Connection, Keep-Alive, Proxy-Connection, TE,
     * Transfer-Encoding and Upgrade by their nature, and every field that Connection names.
     */
    static void mark(Fields fields) {
        throw new NotDoneYet("1.4", "HopByHop.mark");
    }

    /** Marks every field that one of the members of this one names, in any case. */
    private static void markMembers(Fields fields, int connection) {
        throw new NotDoneYet("1.4", "HopByHop.markMembers");
    }
}
