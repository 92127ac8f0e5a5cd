package tinygate.proof;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.type.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cuts a starter out of a class of a lesson: a method that stands between {@code tag::ex-2-4[]} and
 * {@code end::ex-2-4[]} keeps all but its body. Nothing else is changed, so that the starter reads
 * as the class it will become; what only the body needed (imports, say) stays.
 */
final class Cutter {
    private static final Pattern MARK = Pattern.compile("// (tag|end)::ex-(\\d)-(\\d+)\\[]");
    private static final Pattern TAG = Pattern.compile(" *// (tag|end)::[a-z0-9-]+\\[]");
    private static final String NOT_DONE = "tinygate.kit.NotDoneYet";

    /**
     * @param exercise the id of the exercise
     * @param className the full name of the class
     * @param text the whole file
     */
    record Starter(String exercise, String className, String text) {}

    /** The lines from a tag to its end. */
    private record Region(int from, int to) {
        boolean holds(Range range) {
            return from < range.begin.line && range.end.line < to;
        }
    }

    private final List<String> lines;
    private final CompilationUnit unit;
    private final String exercise;
    private final List<Region> regions = new ArrayList<>();

    private Cutter(String source) {
        lines = new ArrayList<>(source.lines().toList());
        exercise = findRegions();
        unit = parse(source);
    }

    /**
     * @return nothing if no exercise is marked in the source
     * @throws IllegalArgumentException if it cannot be cut
     */
    static Optional<Starter> cut(String source) {
        return MARK.matcher(source).find()
                ? Optional.of(new Cutter(source).cut())
                : Optional.empty();
    }

    private static CompilationUnit parse(String source) {
        ParserConfiguration java17 =
                new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17);
        return new JavaParser(java17)
                .parse(source)
                .getResult()
                .orElseThrow(() -> new IllegalArgumentException("this is no Java"));
    }

    private String findRegions() {
        TreeSet<String> ids = new TreeSet<>();
        int open = 0;
        for (int i = 0; i < lines.size(); i++) {
            Matcher mark = MARK.matcher(lines.get(i));
            if (!mark.find()) {
                continue;
            }
            ids.add(mark.group(2) + "." + mark.group(3));
            boolean begins = mark.group(1).equals("tag");
            if (begins == open > 0) {
                throw new IllegalArgumentException("line " + (i + 1) + ": tag and end do not pair");
            }
            if (!begins) {
                regions.add(new Region(open, i + 1));
            }
            open = begins ? i + 1 : 0;
        }
        if (open > 0 || ids.size() != 1) {
            throw new IllegalArgumentException(
                    "a file belongs to one exercise, and each tag has its end: " + ids);
        }
        return ids.first();
    }

    private Starter cut() {
        TypeDeclaration<?> type = unit.getType(0);
        String name =
                unit.getPackageDeclaration().orElseThrow().getNameAsString()
                        + "."
                        + type.getNameAsString();
        refuseConstants();
        List<MethodDeclaration> cut =
                unit.findAll(MethodDeclaration.class).stream()
                        .filter(this::isMarked)
                        .sorted(Comparator.comparing((MethodDeclaration m) -> line(m)).reversed())
                        .toList();
        if (cut.isEmpty()) {
            throw new IllegalArgumentException("no method is marked");
        }
        cut.forEach(method -> empty(method, type.getNameAsString()));
        addImport();
        dropTags();
        return new Starter(exercise, name, String.join("\n", lines) + "\n");
    }

    /** Marked, with a body, and not a part of another method. */
    private boolean isMarked(MethodDeclaration method) {
        Range range = method.getRange().orElseThrow();
        return method.getBody().isPresent()
                && regions.stream().anyMatch(region -> region.holds(range))
                && !isWithinMethod(method);
    }

    private static boolean isWithinMethod(Node node) {
        Node parent = node.getParentNode().orElse(null);
        return parent != null && (parent instanceof MethodDeclaration || isWithinMethod(parent));
    }

    private static int line(Node node) {
        return node.getRange().orElseThrow().begin.line;
    }

    private void empty(MethodDeclaration method, String type) {
        Range body = method.getBody().orElseThrow().getRange().orElseThrow();
        String head = lines.get(body.begin.line - 1).substring(0, body.begin.column);
        String last = lines.get(body.end.line - 1);
        String indent = last.substring(0, last.length() - last.stripLeading().length());
        lines.subList(body.begin.line - 1, body.end.line).clear();
        lines.addAll(
                body.begin.line - 1,
                List.of(
                        head,
                        indent
                                + "    throw new NotDoneYet(\""
                                + exercise
                                + "\", \""
                                + type
                                + "."
                                + method.getNameAsString()
                                + "\");",
                        indent + "}"));
    }

    private void addImport() {
        String added = "import " + NOT_DONE + ";";
        List<ImportDeclaration> imports =
                unit.getImports().stream().filter(i -> !i.isStatic()).toList();
        if (imports.isEmpty()) {
            int before = // the static ones stand in front
                    unit.getImports()
                            .getLast()
                            .map(Cutter::line)
                            .orElseGet(() -> line(unit.getPackageDeclaration().orElseThrow()));
            lines.addAll(before, List.of("", added));
            return;
        }
        int before = line(imports.get(0)) - 1;
        for (ImportDeclaration one : imports) {
            if (one.getNameAsString().compareTo(NOT_DONE) < 0) {
                before = line(one);
            }
        }
        lines.add(before, added);
    }

    /** The marks of excerpts are for the book. */
    private void dropTags() {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (TAG.matcher(lines.get(i)).matches()) {
                lines.remove(i);
                boolean alone = i > 0 && lines.get(i - 1).isBlank();
                if (alone && (lines.get(i).isBlank() || lines.get(i).equals("}"))) {
                    lines.remove(i - 1);
                }
            }
        }
    }

    /** javac copies a constant into its users, so that they would have ours, not the student's. */
    private void refuseConstants() {
        String constants =
                unit.findAll(FieldDeclaration.class).stream()
                        .filter(field -> field.isStatic() && field.isFinal() && !field.isPrivate())
                        .filter(field -> isConstantType(field.getElementType()))
                        .map(FieldDeclaration::toString)
                        .collect(Collectors.joining(", "));
        if (!constants.isEmpty()) {
            throw new IllegalArgumentException("make them private, or methods: " + constants);
        }
    }

    private static boolean isConstantType(Type type) {
        return type.isPrimitiveType() || type.asString().equals("String");
    }
}
