package tinygate.relay;

import java.util.Random;

/**
 * What a real kernel and network decide, for a {@link FakeDriver}: order and sizes. As it stands
 * here, first come, first served, and as much at once as possible.
 */
interface Chance {
    /** Which of several possible events comes next: 0 to count - 1. */
    default int pick(int count) {
        return 0;
    }

    /**
     * How many bytes the next receive brings.
     *
     * @param offset how many this side has brought before
     * @param most 1 or more
     */
    default int receive(Side side, long offset, int most) {
        return most;
    }

    /** How many bytes the kernel takes at once: 1 to most. */
    default int send(int most) {
        return most;
    }

    static Chance plain() {
        return new Chance() {};
    }

    /** As plain, but of all that is possible the last, and as much of it as may be. */
    static Chance contrary() {
        return new Chance() {
            @Override
            public int pick(int count) {
                return count - 1;
            }
        };
    }

    /** As plain, but no receive crosses this offset of this side. */
    static Chance cut(Side cutSide, long at) {
        return new Chance() {
            @Override
            public int receive(Side side, long offset, int most) {
                boolean before = side == cutSide && offset < at;
                return before ? (int) Math.min(most, at - offset) : most;
            }
        };
    }

    /** As plain, but every byte comes and goes alone. */
    static Chance byteByByte() {
        return new Chance() {
            @Override
            public int receive(Side side, long offset, int most) {
                return 1;
            }

            @Override
            public int send(int most) {
                return 1;
            }
        };
    }

    /** Anything goes; small pieces are as likely as large ones. */
    static Chance random(Random random) {
        return new Chance() {
            @Override
            public int pick(int count) {
                return random.nextInt(count);
            }

            @Override
            public int receive(Side side, long offset, int most) {
                return send(most);
            }

            @Override
            public int send(int most) {
                int bound = Math.min(most, 1 << random.nextInt(16));
                return 1 + random.nextInt(bound);
            }
        };
    }
}
