package tinygate.kit.trial;

/** The reference of an exercise with which the kit itself is tested. */
public final class Sum {
    public int of(int... numbers) {
        int sum = 0;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }
}
