package tinygate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tinygate.Settings.Route;
import tinygate.Settings.UpstreamServer;

/** Settings as code makes them, without a file. */
class SettingsTest {
    private static final UpstreamServer SERVER = new UpstreamServer(HostPort.parse("a:1"), 1);

    @Test
    void aValueOutOfRangeNamesItsKeyItselfAndTheRange() {
        assertThatThrownBy(() -> new WorkerSettings(0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workers is 0: allowed is 1 to 10000");
    }

    @Test
    void everyDefaultIsInsideItsRange() {
        assertThat(Settings.DEFAULTS.listen()).isEqualTo(new HostPort("127.0.0.1", 8080));
    }

    @Test
    void aRouteThatDoesNotSaySoServesEveryHostInTurn() {
        Route route = new Route(null, null, List.of(SERVER));
        assertThat(route.host()).isEqualTo("*");
        assertThat(route.balance()).isEqualTo(Settings.Balance.ROUND_ROBIN);
    }

    @Test
    void settingsDoNotChangeWithTheListTheyWereMadeOf() {
        List<Route> routes = new ArrayList<>();
        Settings settings = Settings.loopback(routes);
        routes.add(new Route("*", null, List.of(SERVER)));
        assertThat(settings.routes()).isEmpty();
    }
}
