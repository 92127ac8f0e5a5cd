package tinygate.iouring;

import java.nio.ByteBuffer;

/**
 * A submission entry as the kernel reads it, whoever has written it: {@code struct io_uring_sqe}.
 *
 * @param rest the first byte behind the fields that is not zero, or 0
 */
record Written(
        int opcode,
        int flags,
        int ioprio,
        int fd,
        long off,
        long addr,
        int len,
        int opFlags,
        long userData,
        int group,
        int rest) {

    static Written at(ByteBuffer entries, int index) {
        int at = index * 64;
        return new Written(
                entries.get(at) & 0xFF,
                entries.get(at + 1) & 0xFF,
                entries.getShort(at + 2) & 0xFFFF,
                entries.getInt(at + 4),
                entries.getLong(at + 8),
                entries.getLong(at + 16),
                entries.getInt(at + 24),
                entries.getInt(at + 28),
                entries.getLong(at + 32),
                entries.getShort(at + 40) & 0xFFFF,
                rest(entries, at));
    }

    private static int rest(ByteBuffer entries, int at) {
        for (int i = at + 42; i < at + 64; i++) {
            if (entries.get(i) != 0) {
                return entries.get(i) & 0xFF;
            }
        }
        return 0;
    }

    /** What it asks for, by its user data. */
    Operation operation() {
        return UserData.operation(userData);
    }

    /** Its name, and the fields that are not zero. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name());
        add(text, "flags", flags);
        add(text, "ioprio", ioprio);
        add(text, "fd", fd);
        add(text, "off", off);
        add(text, "addr", addr);
        add(text, "len", len);
        add(text, "op flags", opFlags);
        add(text, "user data", userData);
        add(text, "group", group);
        add(text, "behind the group", rest);
        return text.toString();
    }

    private String name() {
        return switch (opcode) {
            case 0 -> "NOP";
            case 6 -> "POLL_ADD";
            case 13 -> "ACCEPT";
            case 14 -> "ASYNC_CANCEL";
            case 16 -> "CONNECT";
            case 19 -> "CLOSE";
            case 26 -> "SEND";
            case 27 -> "RECV";
            default -> "opcode " + opcode;
        };
    }

    private static void add(StringBuilder text, String field, long value) {
        if (value != 0) {
            boolean small = value > -10_000 && value < 10_000;
            text.append(", ").append(field).append(' ');
            text.append(small ? Long.toString(value) : "0x" + Long.toHexString(value));
        }
    }
}
