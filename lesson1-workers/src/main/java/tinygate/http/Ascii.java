package tinygate.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes of a buffer read as ASCII text, by absolute index: no position or limit is moved. */
public final class Ascii {
    /** Eight bytes as one number, the first of them lowest, whatever order the buffer has. */
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x80 * EACH_BYTE;

    private Ascii() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes as text, one character a byte. */
    public static String text(ByteBuffer bytes, int from, int to) {
        byte[] copy = new byte[to - from];
        bytes.get(from, copy);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }

    /** Writes text of characters below 256, one byte each. */
    public static void write(ByteBuffer out, String text) {
        for (int i = 0; i < text.length(); i++) {
            out.put((byte) text.charAt(i));
        }
    }

    /** Writes a number in decimal digits. */
    public static void write(ByteBuffer out, long number) {
        if (number >= 10) {
            write(out, number / 10);
        }
        out.put((byte) ('0' + number % 10));
    }

    public static void endLine(ByteBuffer out) {
        out.put((byte) '\r').put((byte) '\n');
    }

    /**
     * Finds a byte, looking at eight at a time: those that are sought become 0, and to subtract 1
     * from all carries a 1 into the high bit of the first that is 0 (and perhaps of some behind).
     *
     * @return its index, or {@code to} if it is not there
     */
    static int indexOf(ByteBuffer bytes, char sought, int from, int to) {
        int i = from;
        for (; to - i >= Long.BYTES; i += Long.BYTES) {
            long difference = (long) EIGHT_BYTES.get(bytes, i) ^ (sought * EACH_BYTE);
            long found = (difference - EACH_BYTE) & ~difference & HIGH_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < to && bytes.get(i) != sought) {
            i++;
        }
        return i;
    }

    static boolean equal(ByteBuffer bytes, int from, int to, byte[] text) {
        if (to - from != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes.get(from + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param lowerCase a text in lower case
     */
    static boolean equalIgnoringCase(ByteBuffer bytes, int from, int to, byte[] lowerCase) {
        if (to - from != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lower(bytes.get(from + i)) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean equalIgnoringCase(ByteBuffer bytes, int from, int to, int from2, int to2) {
        if (to - from != to2 - from2) {
            return false;
        }
        for (int i = 0; i < to - from; i++) {
            if (lower(bytes.get(from + i)) != lower(bytes.get(from2 + i))) {
                return false;
            }
        }
        return true;
    }

    static int lower(int b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
