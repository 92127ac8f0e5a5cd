package tinygate.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Gives each test of the contract a {@link Bench}, tells its story on failure and closes it. */
final class BenchExtension implements ParameterResolver, TestExecutionExceptionHandler {
    private static final Namespace HERE = Namespace.create(BenchExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bench.class;
    }

    @Override
    public Bench resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestedGate tested = (TestedGate) context.getRequiredTestInstance();
        // The store closes it when the test is over.
        return store(context)
                .computeIfAbsent(Bench.class, key -> new Bench(tested::newGate), Bench.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        Bench bench = store(context).get(Bench.class, Bench.class);
        throw bench == null || failure instanceof TestAbortedException
                ? failure
                : bench.story().tell(failure);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(HERE);
    }
}
