package tinygate.http;

/**
 * Bytes of a connection written so that a table of them can be read: {@code ¶} stands for CRLF, the
 * control pictures {@code ␀} to {@code ␠} and {@code ␡} for one control byte (or a blank that
 * counts), every other character for the byte of its value.
 */
public final class WireText {
    private static final char PICTURES = '\u2400';
    private static final char PICTURE_OF_DELETE = '\u2421';

    private WireText() {}

    public static byte[] bytes(String text) {
        StringBuilder wire = new StringBuilder(text.length() + 16);
        for (char c : text.toCharArray()) {
            if (c == '¶') {
                wire.append("\r\n");
            } else if (c == PICTURE_OF_DELETE) {
                wire.append('\u007f');
            } else {
                wire.append(c >= PICTURES ? (char) (c - PICTURES) : c);
            }
        }
        return Ascii.bytes(wire.toString());
    }

    public static String show(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                text.append('¶');
                i++;
            } else if (b == 0x7f) {
                text.append(PICTURE_OF_DELETE);
            } else {
                text.append((char) (b < ' ' ? PICTURES + b : b));
            }
        }
        return text.toString();
    }
}
