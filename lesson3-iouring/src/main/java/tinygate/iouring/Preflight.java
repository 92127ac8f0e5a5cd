package tinygate.iouring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tinygate.Readiness;

/**
 * Whether io_uring can be used on this machine, and if not, why, and what to do. Asked before the
 * first ring is made: by the gates, by {@code --preflight}, and by tests, which are skipped with
 * its reason. Public, because lesson 4 and the classroom ask too.
 */
public final class Preflight implements Readiness {
    private static final Columns TABLE = new Columns(26, 18, 11, 26);
    private static final Columns PARAGRAPH = new Columns(81);

    private final List<Finding> findings;

    private Preflight(List<Finding> findings) {
        this.findings = findings;
    }

    /** Asks the running kernel; takes a few milliseconds, and may be called by any thread. */
    public static Preflight check() {
        return of(KernelProbe.ask());
    }

    static Preflight of(KernelFacts facts) {
        return new Preflight(Requirements.judge(facts));
    }

    /** With more findings, of somebody who needs more; if something is missing here, without. */
    public Preflight and(Supplier<List<Finding>> more) {
        if (!ok()) {
            return this;
        }
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more.get());
        return new Preflight(all);
    }

    @Override
    public boolean ok() {
        return findings.stream().noneMatch(Finding::isMissing);
    }

    /**
     * Why io_uring cannot be used, and the cure: one line about what is missing first, since the
     * rest may follow from it; empty if nothing is.
     */
    public String reason() {
        return findings.stream()
                .filter(Finding::isMissing)
                .findFirst()
                .map(Finding::explanation)
                .orElse("");
    }

    /**
     * What a gate calls that cannot do without.
     *
     * @throws UnsupportedOperationException if io_uring cannot be used; the message is the {@link
     *     #reason}, and where to read the rest
     */
    public void require() {
        if (!ok()) {
            throw new UnsupportedOperationException(
                    reason() + " (--preflight shows all that is needed.)");
        }
    }

    /** All findings in at most 80 columns, and below them the cause and the cure of each lack. */
    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append(ok() ? "io_uring can be used here" : "io_uring cannot be used here");
        text.append("\n\n").append(TABLE.row("CHECK", "FOUND", "VERDICT", "NEEDED"));
        for (Finding finding : findings) {
            String verdict = finding.verdict().toString();
            text.append(TABLE.row(finding.subject(), finding.found(), verdict, finding.needed()));
        }
        for (Finding finding : findings) {
            if (!finding.cause().isEmpty()) {
                text.append('\n').append(PARAGRAPH.row(finding.explanation()));
            }
        }
        return text.toString();
    }
}
