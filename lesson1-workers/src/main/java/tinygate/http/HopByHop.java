package tinygate.http;

/**
 * Finds the fields of a head that are meant for this hop only, and go no further than the gate (RFC
 * 9110, section 7.6.1).
 */
final class HopByHop {
    private HopByHop() {}

    // tag::ex-1-4[]
    /**
     * Marks the fields that a hop keeps to itself: Connection, Keep-Alive, Proxy-Connection, TE,
     * Transfer-Encoding and Upgrade by their nature, and every field that Connection names.
     */
    static void mark(Fields fields) {
        for (int field = 0; field < fields.count(); field++) {
            if (fields.name(field) == null) {
                continue;
            }
            switch (fields.name(field)) {
                case CONNECTION -> {
                    fields.markHopByHop(field);
                    markMembers(fields, field);
                }
                case KEEP_ALIVE, PROXY_CONNECTION, TE, TRANSFER_ENCODING, UPGRADE ->
                        fields.markHopByHop(field);
                default -> {}
            }
        }
    }

    /** Marks every field that one of the members of this one names, in any case. */
    private static void markMembers(Fields fields, int connection) {
        int end = fields.valueTo(connection);
        int from = fields.memberFrom(fields.valueFrom(connection), end);
        while (from < end) {
            int to = fields.memberTo(from, end);
            for (int field = 0; field < fields.count(); field++) {
                if (fields.isNamed(field, from, to)) {
                    fields.markHopByHop(field);
                }
            }
            from = fields.memberFrom(to, end);
        }
    }
    // end::ex-1-4[]
}
