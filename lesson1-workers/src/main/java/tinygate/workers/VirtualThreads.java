package tinygate.workers;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

/**
 * The one place that looks something up by reflection: the course is compiled for JDK 17, and
 * virtual threads came with JDK 21 (JEP 444).
 */
final class VirtualThreads {
    private VirtualThreads() {}

    /**
     * {@code Thread.ofVirtual().name("worker-", 0).factory()}
     *
     * @throws UnsupportedOperationException if this JDK has none
     */
    static ThreadFactory factory() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Method name = type.getMethod("name", String.class, long.class);
            return (ThreadFactory)
                    type.getMethod("factory").invoke(name.invoke(builder, "worker-", 0L));
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException(
                    "virtual workers need JDK 21 or newer, and this is JDK "
                            + Runtime.version().feature()
                            + ": give a number of workers instead, or run a newer JDK",
                    e);
        }
    }
}
