package tinygate.classroom;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what went wrong in a load by kind, with the first example of each; for any thread. */
public final class WrongResponses {
    private final Map<WrongResponse.Kind, Count> counts = new EnumMap<>(WrongResponse.Kind.class);

    /**
     * @param example what the first of them was
     */
    public record Count(WrongResponse.Kind kind, long times, String example) {}

    synchronized void add(WrongResponse wrong) {
        counts.merge(
                wrong.kind(),
                new Count(wrong.kind(), 1, wrong.getMessage()),
                (old, one) -> new Count(old.kind, old.times + 1, old.example));
    }

    synchronized List<Count> soFar() {
        return List.copyOf(counts.values());
    }

    public static long sum(Collection<Count> counts) {
        return counts.stream().mapToLong(Count::times).sum();
    }
}
