package tinygate.contract;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Real programs that some tests need; a missing one skips the test, in CI it fails it. */
final class Peers {
    private Peers() {}

    /**
     * Goes on only if this command can be run and succeeds.
     *
     * @param packageName the Debian package that brings it
     */
    static void require(String name, String packageName, String... command) {
        if (succeeds(command)) {
            return;
        }
        String reason = name + " is not installed: apt-get install " + packageName;
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        abort(reason);
    }

    private static boolean succeeds(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
