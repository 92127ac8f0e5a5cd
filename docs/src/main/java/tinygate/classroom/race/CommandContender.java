package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import tinygate.HostPort;

/**
 * Any other proxy as a contender, a student's gate say: a command line with {@code {port}} and
 * {@code {upstream}} where these belong.
 *
 * @param command its words, separated by blanks
 */
record CommandContender(String name, String command) implements Contender {
    private static final int LONGEST_NAME = 9;

    /**
     * Reads {@code name=command}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    static CommandContender parse(String text) {
        int sign = text.indexOf('=');
        if (sign < 1 || sign > LONGEST_NAME || !text.contains("{port}")) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "': write name=command, the name of at most nine letters, with"
                            + " {port} and {upstream} in the command");
        }
        return new CommandContender(text.substring(0, sign), text.substring(sign + 1));
    }

    @Override
    public String title() {
        return command;
    }

    @Override
    public String obstacle() {
        return "";
    }

    @Override
    public String obstacleToSeveral() {
        return "a command of --also has one upstream";
    }

    @Override
    public Started start(Lab lab, List<InetSocketAddress> upstreams, List<String> launcher)
            throws IOException, InterruptedException {
        InetSocketAddress address = Lab.freeAddress();
        List<String> line = new ArrayList<>(launcher);
        line.addAll(words(address.getPort(), HostPort.of(upstreams.get(0)).toString()));
        return new Started(Lab.startServer(line, address), address, null);
    }

    List<String> words(int port, String upstream) {
        String filled =
                command.replace("{port}", Integer.toString(port)).replace("{upstream}", upstream);
        return List.of(filled.strip().split("\\s+"));
    }
}
