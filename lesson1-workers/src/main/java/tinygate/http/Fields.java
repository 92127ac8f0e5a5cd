package tinygate.http;

import java.nio.ByteBuffer;

/**
 * The fields of one head, as a table of offsets into the bytes that arrived:
 *
 * <pre>
 *   Accept-Language:  de, en  \r\n
 *   ^              ^  ^     ^
 *   nameFrom  nameTo  |     valueTo       offsets count from the head's first byte,
 *                     valueFrom           so they survive a move of the whole buffer
 * </pre>
 *
 * A table is large and is used again for the next head: it comes from a {@link FieldsPool}.
 */
public final class Fields {
    private final int[] nameFrom;
    private final int[] nameTo;
    private final int[] valueFrom;
    private final int[] valueTo;
    private final FieldName[] names;
    private final boolean[] hopByHop;
    private int count;

    private ByteBuffer bytes;
    private int base;

    Fields(int most) {
        nameFrom = new int[most];
        nameTo = new int[most];
        valueFrom = new int[most];
        valueTo = new int[most];
        names = new FieldName[most];
        hopByHop = new boolean[most];
    }

    void clear() {
        count = 0;
        locate(null, 0);
    }

    /** Says where the head lies now. */
    void locate(ByteBuffer bytes, int base) {
        this.bytes = bytes;
        this.base = base;
    }

    // tag::ex-1-1[]
    /**
     * Adds the field line between two offsets, its CRLF excluded (RFC 9112, section 5). The table
     * is used again: nothing of an earlier head may be left in the new line.
     *
     * @throws HttpViolation with 400 if it is no field line, with 431 if the table is full
     */
    void add(int from, int to) throws HttpViolation {
        if (count == names.length) {
            throw new HttpViolation(431, "more than " + names.length + " fields");
        }
        int colon = from;
        while (colon < to && Syntax.isToken(at(colon))) {
            colon++;
        }
        if (colon == from || colon == to || at(colon) != ':') {
            throw new HttpViolation(400, whatIsWrongWithName(from, colon, to));
        }
        int first = colon + 1;
        while (first < to && Syntax.isBlank(at(first))) {
            first++;
        }
        int end = to;
        while (end > first && Syntax.isBlank(at(end - 1))) {
            end--;
        }
        for (int i = first; i < end; i++) {
            if (!Syntax.isValue(at(i))) {
                throw new HttpViolation(
                        400,
                        "the value of " + text(from, colon) + " holds " + Syntax.describe(at(i)));
            }
        }
        nameFrom[count] = from;
        nameTo[count] = colon;
        valueFrom[count] = first;
        valueTo[count] = end;
        names[count] = FieldName.of(bytes, base + from, base + colon);
        hopByHop[count] = false;
        count++;
    }

    // end::ex-1-1[]

    private String whatIsWrongWithName(int from, int stop, int to) {
        if (stop == to) {
            return "a field line has no colon";
        }
        int b = at(stop);
        if (Syntax.isBlank(b)) {
            return stop == from
                    ? "a field line begins with white space (folded lines are obsolete)"
                    : "white space between a field's name and its colon";
        }
        return b == ':' ? "a field without a name" : "a field's name holds " + Syntax.describe(b);
    }

    public int count() {
        return count;
    }

    /** Which field this is, or null if it is none that the gate knows. */
    public FieldName name(int field) {
        return names[field];
    }

    /** Whether it is meant for this hop only and is not forwarded (RFC 9110, section 7.6.1). */
    public boolean hopByHop(int field) {
        return hopByHop[field];
    }

    /** The field as it arrived, without its CRLF. */
    public String line(int field) {
        return text(nameFrom[field], valueTo[field]);
    }

    public boolean empty(int field) {
        return valueFrom[field] == valueTo[field];
    }

    /**
     * Whether every quoted string in the value has its end (RFC 9110, section 5.6.4), so that what
     * is written behind it is a further member of the list, and not a part of the string.
     */
    public boolean quotesClosed(int field) {
        boolean quoted = false;
        for (int i = valueFrom[field]; i < valueTo[field]; i++) {
            if (quoted && at(i) == '\\') {
                i++;
            } else if (at(i) == '"') {
                quoted = !quoted;
            }
        }
        return !quoted;
    }

    public String value(int field) {
        return text(valueFrom[field], valueTo[field]);
    }

    /** The value of the first field of this name, or null if there is none. */
    public String value(FieldName name) {
        int field = find(name, 0);
        return field < 0 ? null : value(field);
    }

    /** The index of the first field of this name from a given index on, or -1. */
    public int find(FieldName name, int start) {
        for (int field = start; field < count; field++) {
            if (names[field] == name) {
                return field;
            }
        }
        return -1;
    }

    /** Writes the field as it arrived, with its CRLF. */
    public void copyTo(ByteBuffer out, int field) {
        copyTo(out, nameFrom[field], valueTo[field]);
        Ascii.endLine(out);
    }

    /** Writes all fields of this name as they arrived. */
    public void copyAllTo(ByteBuffer out, FieldName name) {
        for (int field = find(name, 0); field >= 0; field = find(name, field + 1)) {
            copyTo(out, field);
        }
    }

    /** Writes the field's value alone. */
    public void copyValueTo(ByteBuffer out, int field) {
        copyTo(out, valueFrom[field], valueTo[field]);
    }

    void copyTo(ByteBuffer out, int from, int to) {
        out.put(out.position(), bytes, base + from, to - from);
        out.position(out.position() + to - from);
    }

    int valueFrom(int field) {
        return valueFrom[field];
    }

    int valueTo(int field) {
        return valueTo[field];
    }

    /**
     * The next member of a comma-separated list begins here, or the list's end if there is none
     * (RFC 9110, section 5.6.1: empty members are passed over).
     */
    int memberFrom(int from, int end) {
        int i = from;
        while (i < end && (at(i) == ',' || Syntax.isBlank(at(i)))) {
            i++;
        }
        return i;
    }

    /** The member that begins here ends there, blanks behind it excluded. */
    int memberTo(int from, int end) {
        int i = from;
        while (i < end && at(i) != ',') {
            i++;
        }
        while (i > from && Syntax.isBlank(at(i - 1))) {
            i--;
        }
        return i;
    }

    /** Whether one of the fields of this name lists this member, in any case. */
    boolean hasMember(FieldName name, byte[] lowerCase) {
        for (int f = find(name, 0); f >= 0; f = find(name, f + 1)) {
            int end = valueTo[f];
            int from = memberFrom(valueFrom[f], end);
            while (from < end) {
                int to = memberTo(from, end);
                if (is(from, to, lowerCase)) {
                    return true;
                }
                from = memberFrom(to, end);
            }
        }
        return false;
    }

    /**
     * A field's value as a number: digits only, without sign, list or blank.
     *
     * @throws HttpViolation if it is none, or is not below 2^63
     */
    long number(int field) throws HttpViolation {
        int from = valueFrom[field];
        int to = valueTo[field];
        long number = 0;
        boolean valid = to > from;
        for (int i = from; valid && i < to; i++) {
            int digit = at(i) - '0';
            valid = Syntax.isDigit(at(i)) && number <= (Long.MAX_VALUE - digit) / 10;
            number = number * 10 + digit;
        }
        if (!valid) {
            throw new HttpViolation(
                    400, text(nameFrom[field], nameTo[field]) + " is not a number below 2^63");
        }
        return number;
    }

    boolean equal(int from, int to, byte[] text) {
        return Ascii.equal(bytes, base + from, base + to, text);
    }

    boolean is(int from, int to, byte[] lowerCase) {
        return Ascii.equalIgnoringCase(bytes, base + from, base + to, lowerCase);
    }

    /** Whether the bytes between two offsets spell this field's name, in any case. */
    boolean isNamed(int field, int from, int to) {
        return Ascii.equalIgnoringCase(
                bytes, base + from, base + to, base + nameFrom[field], base + nameTo[field]);
    }

    void markHopByHop(int field) {
        hopByHop[field] = true;
    }

    Method method(int from, int to) {
        return Method.of(bytes, base + from, base + to);
    }

    /** See {@link Syntax#hostEnd}. */
    int hostEnd(int from, int to) {
        int end = Syntax.hostEnd(bytes, base + from, base + to);
        return end < 0 ? -1 : end - base;
    }

    int at(int offset) {
        return bytes.get(base + offset);
    }

    String text(int from, int to) {
        return Ascii.text(bytes, base + from, base + to);
    }
}
