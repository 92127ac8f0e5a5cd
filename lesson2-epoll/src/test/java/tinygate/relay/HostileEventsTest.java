package tinygate.relay;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import tinygate.relay.Conversation.Item;

/**
 * Anything may happen at any time. There is no right outcome, but nothing is thrown, nothing leaks,
 * memory is bounded and no way is gone that the table of the phases does not know; the fake driver
 * and {@link Stage#endsClean} see to that.
 */
class HostileEventsTest {
    private static final String[] UPSTREAM_SAYS = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "0\r\n\r\n",
        "bytes",
        "\r\n",
        "x".repeat(9_000),
        Stage.ok("whole")
    };
    private static final String[] CLIENT_SAYS = {
        "GET / HTTP/1.1\r\nHost: two\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: two\r\nContent-Length: 30\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: two\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
        "GET / HTTP/1.0\r\nHost: two\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: two\r\n\r\n",
        "0\r\n\r\n",
        "bytes",
        "\r\n",
        "x".repeat(9_000)
    };

    @Property
    void nothingThrowsOrLeaks(
            @ForAll IoStyle style, @ForAll @Size(max = 3) List<Item> items, @ForAll long seed) {
        Random random = new Random(seed);
        Stage stage = new Stage(style);
        stage.driver.chance = Chance.random(random);
        stage.driver.choosesLate = random.nextBoolean();
        stage.driver.reach =
                upstream ->
                        FakeDriver.Reach.values()[random.nextInt(FakeDriver.Reach.values().length)];
        stage.client.sends(Conversation.of(items).client());
        for (int i = 0; i < 150 && stage.phase() != Phase.CLOSED; i++) {
            act(stage, random);
        }
        stage.driver.reach = upstream -> FakeDriver.Reach.HANGS;
        stage.endsClean();
    }

    private static void act(Stage stage, Random random) {
        int connects = stage.connects();
        Peer upstream = connects == 0 ? null : stage.upstream(random.nextInt(connects));
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3 -> stage.client.sends(CLIENT_SAYS[random.nextInt(CLIENT_SAYS.length)]);
            case 4 -> stage.client.takesOnly(random.nextInt(100_000));
            case 5 -> stage.driver.tell(Exchange::deadlineReached);
            case 6 -> stage.passesMillis(random.nextInt(700));
            case 7 -> {
                if (random.nextInt(8) == 0) {
                    stage.context.drain();
                    stage.driver.tell(Exchange::drain);
                }
            }
            case 8 -> {
                if (random.nextInt(4) == 0) {
                    stage.client.ends();
                }
            }
            case 9 -> {
                if (random.nextInt(8) == 0) {
                    stage.client.resets();
                }
            }
            case 10, 11, 12, 13, 14, 15 -> {
                if (upstream != null) {
                    upstream.sends(UPSTREAM_SAYS[random.nextInt(UPSTREAM_SAYS.length)]);
                }
            }
            case 16 -> {
                if (upstream != null) {
                    act(upstream, random);
                }
            }
            case 17 -> {
                byte[] garbage = new byte[random.nextInt(20)];
                random.nextBytes(garbage);
                (upstream != null && random.nextBoolean() ? upstream : stage.client).sends(garbage);
            }
            default -> stage.driver.step();
        }
    }

    private static void act(Peer upstream, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> upstream.ends();
            case 1 -> upstream.resets();
            case 2 -> upstream.goesDeaf();
            default -> upstream.takesOnly(random.nextInt(100_000));
        }
    }
}
