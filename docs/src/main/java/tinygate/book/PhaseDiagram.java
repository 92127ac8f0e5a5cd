package tinygate.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tinygate.relay.Phase;

/**
 * Draws the book's picture of {@link Phase} from the enum itself, as PlantUML text, so that the
 * picture cannot differ from the code.
 *
 * <p>A phase that every phase before it may go to would be an arrow from everywhere; such arrows
 * are drawn once, from the box around them all.
 */
final class PhaseDiagram {
    private static final List<Phase> LAST = List.of(Phase.FAREWELL, Phase.CLOSED);
    private static final Set<Phase> OPEN = EnumSet.complementOf(EnumSet.copyOf(LAST));

    private PhaseDiagram() {}

    /**
     * @param args the file to write
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, plantUml());
    }

    /**
     * @throws IllegalStateException if the phases no longer have the form that the picture has
     */
    static String plantUml() {
        StringBuilder text = new StringBuilder();
        line(text, "@startuml");
        line(text, "!pragma layout smetana");
        line(text, "hide empty description");
        line(text, "state \"a client is connected\" as open {");
        OPEN.forEach(phase -> state(text, phase));
        line(text, "[*] --> " + OPEN.iterator().next());
        for (Phase phase : OPEN) {
            requireWaysToTheEnd(phase);
            ways(text, phase.name(), phase, OPEN);
        }
        line(text, "}");
        LAST.forEach(phase -> state(text, phase));
        LAST.forEach(phase -> line(text, "open --> " + phase));
        LAST.forEach(phase -> ways(text, phase.name(), phase, Set.copyOf(LAST)));
        line(text, "@enduml");
        return text.toString();
    }

    private static void requireWaysToTheEnd(Phase phase) {
        if (!phase.next().containsAll(LAST)) {
            throw new IllegalStateException(
                    "no way leads from " + phase + " to " + LAST + ": draw the picture anew");
        }
    }

    private static void state(StringBuilder text, Phase phase) {
        line(text, "state " + phase + " : waits for");
        line(text, "state " + phase + " : " + phase.waitsFor());
    }

    private static void ways(StringBuilder text, String from, Phase phase, Set<Phase> drawn) {
        Arrays.stream(Phase.values())
                .filter(next -> phase.next().contains(next) && drawn.contains(next))
                .forEach(next -> line(text, from + " --> " + next));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
