package tinygate.proxy;

import tinygate.Settings;
import tinygate.http.HeadLimits;

/** All decisions of one gate, made from its settings; shared by everything that serves clients. */
public record Rules(
        HeadLimits headLimits,
        OwnAnswers ownAnswers,
        RequestWriter requestWriter,
        ResponseWriter responseWriter) {

    /**
     * @param gateHost the host and port under which the gate is reached
     * @param fullDuplex see {@link RequestWriter}
     */
    public static Rules of(Settings settings, String gateHost, boolean fullDuplex) {
        Settings.Limits limits = settings.limits();
        return new Rules(
                new HeadLimits(limits.headBytes(), limits.headFields(), limits.targetBytes()),
                new OwnAnswers(limits.requestBodyBytes()),
                new RequestWriter(settings.forwarding(), gateHost, fullDuplex),
                new ResponseWriter(settings.forwarding().via()));
    }
}
