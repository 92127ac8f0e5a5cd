package tinygate.kit;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Gives each test of an exercise its {@link Story}, and tells it when the test fails. */
final class StoryExtension implements ParameterResolver, TestExecutionExceptionHandler {
    /** Under this key the steps are published while the test runs. */
    static final String STEP = "step";

    /** A parameter of JUnit that is set in a child JVM. */
    static final String CHILD = "tinygate.kit.child";

    private static final Namespace HERE = Namespace.create(StoryExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Story.class;
    }

    @Override
    public Story resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(HERE)
                .computeIfAbsent(
                        Story.class,
                        key -> new Story(step -> context.publishReportEntry(STEP, step)),
                        Story.class);
    }

    /** In an IDE; in a child JVM the {@link Recorder} tells it. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        if (failure instanceof TestAbortedException || inChild(context)) {
            throw failure;
        }
        Story story = context.getStore(HERE).get(Story.class, Story.class);
        List<String> steps = story == null ? List.of() : story.steps();
        Exercise exercise = Task.annotation(context.getRequiredTestClass());
        if (failure instanceof NotDoneYet other && !other.exercise().equals(exercise.id())) {
            throw new AssertionError(
                    "it needs exercise "
                            + other.exercise()
                            + ", which is not done; mvn test -Dexercise="
                            + exercise.id()
                            + " has the right solution in its place",
                    failure);
        }
        throw new Tale(steps, failure, List.of(exercise.code()));
    }

    private static boolean inChild(ExtensionContext context) {
        return context.getConfigurationParameter(CHILD).isPresent();
    }
}
