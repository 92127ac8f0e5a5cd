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

    /** A parameter of JUnit: the names of the student's classes, if the annotation has not all. */
    static final String CODE = "tinygate.kit.code";

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

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        Story story = context.getStore(HERE).get(Story.class, Story.class);
        List<String> steps = story == null ? List.of() : story.steps();
        List<String> code =
                context.getConfigurationParameter(CODE)
                        .map(names -> List.of(names.split(",")))
                        .orElseGet(
                                () ->
                                        List.of(
                                                Task.annotation(context.getRequiredTestClass())
                                                        .code()));
        throw new Tale(steps, failure, code);
    }
}
