package tinygate.observe;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * What one gate has counted since it was made, as {@code /metrics} shows it. Counting is safe from
 * any thread and lock-free: a Prometheus counter is striped, as a LongAdder is.
 */
public final class Stats {
    private static final int STATUS_LIMIT = 600;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter accepted =
            counter("connections_accepted", "Client connections that were accepted.");
    private final Counter closed =
            counter("connections_closed", "Accepted client connections that were closed.");
    private final Counter refused =
            counter(
                    "connections_refused",
                    "Client connections answered 503, or closed, because of a limit.");
    private final Counter started =
            counter("exchanges_started", "Request heads that were read whole or refused.");
    private final Counter finished =
            Counter.builder()
                    .name("tinygate_exchanges_finished")
                    .help("Exchanges that ended, by the final status sent; 0 if none was.")
                    .labelNames("code")
                    .withoutExemplars()
                    .register(registry);
    private final Counter retries = counter("retries", "Requests that were sent again.");
    private final Counter upstreamConnects =
            counter("upstream_connects", "New connections to upstreams that were opened.");
    private final Counter upstreamFailures =
            counter("upstream_failures", "Connections or exchanges with upstreams that failed.");

    /** Each code's own counter, once it was needed: finding it by its label costs an allocation. */
    private final AtomicReferenceArray<CounterDataPoint> byStatus =
            new AtomicReferenceArray<>(STATUS_LIMIT);

    public Stats() {
        gauge("connections_active", "Client connections that are open.", this::connectionsActive);
        gauge("exchanges_running", "Exchanges that have not ended.", this::exchangesRunning);
    }

    /**
     * A counter of its own for what only one lesson counts, such as system calls; add to it with
     * {@link Counter#inc()}.
     *
     * @param name without the prefix {@code tinygate_} and the suffix {@code _total}
     */
    public Counter counter(String name, String help) {
        return Counter.builder()
                .name("tinygate_" + name)
                .help(help)
                .withoutExemplars()
                .register(registry);
    }

    /**
     * A value that is asked for whenever the metrics are read, such as the fill of a ring.
     *
     * @param name without the prefix {@code tinygate_}
     */
    public void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name("tinygate_" + name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsLong()))
                .register(registry);
    }

    /** A client connection was accepted. */
    public void connectionAccepted() {
        accepted.inc();
    }

    /** An accepted client connection was closed. */
    public void connectionClosed() {
        closed.inc();
    }

    /** A client connection was answered 503, or closed, because a limit was reached. */
    public void connectionRefused() {
        refused.inc();
    }

    /** A request head was read whole, or was refused with an error. */
    public void exchangeStarted() {
        started.inc();
    }

    /**
     * An exchange ended, whole or not.
     *
     * @param status the final status the client was sent, 0 if it got none
     */
    public void exchangeFinished(int status) {
        int code = status < 100 || status >= STATUS_LIMIT ? 0 : status;
        CounterDataPoint counter = byStatus.get(code);
        if (counter == null) {
            counter = finished.labelValues(Integer.toString(code));
            byStatus.set(code, counter); // every thread would set the same one
        }
        counter.inc();
    }

    /** A request was sent again. */
    public void retried() {
        retries.inc();
    }

    /** A new connection to an upstream was opened. */
    public void upstreamConnected() {
        upstreamConnects.inc();
    }

    /** A connection or an exchange with an upstream failed. */
    public void upstreamFailed() {
        upstreamFailures.inc();
    }

    public long connectionsAccepted() {
        return accepted.getLongValue();
    }

    public long connectionsActive() {
        return accepted.getLongValue() - closed.getLongValue();
    }

    public long connectionsRefused() {
        return refused.getLongValue();
    }

    public long exchangesRunning() {
        return started.getLongValue() - exchangesFinished();
    }

    /** Exchanges that ended with a final status of this class: 2 for 2xx; 0 for no answer. */
    public long answers(int statusClass) {
        return answers(statusClass * 100, statusClass * 100 + 100);
    }

    public long exchangesFinished() {
        return answers(0, STATUS_LIMIT);
    }

    private long answers(int fromStatus, int toStatus) {
        long sum = 0;
        for (int status = fromStatus; status < toStatus; status++) {
            CounterDataPoint counter = byStatus.get(status);
            sum += counter == null ? 0 : counter.getLongValue();
        }
        return sum;
    }

    public long retries() {
        return retries.getLongValue();
    }

    public long upstreamConnects() {
        return upstreamConnects.getLongValue();
    }

    public long upstreamFailures() {
        return upstreamFailures.getLongValue();
    }

    PrometheusRegistry registry() {
        return registry;
    }
}
