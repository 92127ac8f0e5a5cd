package tinygate.proxy;

import tinygate.Settings;
import tinygate.http.HeadLimits;

/**
 * All decisions of one gate, made from its settings; shared by everything that serves clients.
 *
 * @param requestBodyBytes the largest content of a request
 */
public record Rules(
        HeadLimits headLimits,
        long requestBodyBytes,
        OwnAnswers ownAnswers,
        RequestWriter requestWriter,
        ResponseWriter responseWriter) {

    /**
     * @param gateHost the host and port under which the gate is reached
     * @param fullDuplex see {@link RequestWriter}
     */
    public static Rules of(Settings settings, String gateHost, boolean fullDuplex) {
        Settings.Limits limits = settings.limits();
        boolean anySize = limits.requestBodyBytes() == 0;
        long requestBodyBytes = anySize ? Long.MAX_VALUE : limits.requestBodyBytes();
        return new Rules(
                new HeadLimits(limits.headBytes(), limits.headFields(), limits.targetBytes()),
                requestBodyBytes,
                new OwnAnswers(requestBodyBytes),
                new RequestWriter(settings.forwarding(), gateHost, fullDuplex),
                new ResponseWriter(settings.forwarding().via()));
    }
}
