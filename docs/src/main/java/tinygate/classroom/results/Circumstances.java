package tinygate.classroom.results;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a number is worth nothing without: where, when and how it was measured.
 *
 * @param date when the race began, ISO 8601, UTC
 * @param command the options of the race
 * @param processor its model, and how many the machine has
 * @param kernel name and release
 * @param jdk version and vendor
 * @param versions of the peers and tools, by name
 * @param placement which processors the contenders and the load had
 * @param upstream what answered the requests
 * @param dearCall what the scenario of dear system calls adds to each, in nanoseconds; 0 if not run
 * @param loadAverage of the machine's last minute when the race began: near 0 on a quiet one
 */
public record Circumstances(
        String date,
        String command,
        String processor,
        String kernel,
        String jdk,
        Map<String, String> versions,
        String placement,
        String upstream,
        int rounds,
        int seconds,
        int dearCall,
        double loadAverage) {

    public Circumstances {
        versions = new TreeMap<>(versions);
    }

    public Circumstances withDearCall(int nanos) {
        return with(placement, nanos);
    }

    /** For a tool that has more than one. */
    public Circumstances withPlacement(String several) {
        return with(several, dearCall);
    }

    private Circumstances with(String otherPlacement, int otherDearCall) {
        return new Circumstances(
                date,
                command,
                processor,
                kernel,
                jdk,
                versions,
                otherPlacement,
                upstream,
                rounds,
                seconds,
                otherDearCall,
                loadAverage);
    }
}
