package tinygate.contract;

/**
 * What every TinyGate does, as tests over real sockets. A gate is tested by a class that implements
 * this interface; {@code mvn test -Dgroups=H4} runs the tests of one rule. Which rule is tested
 * where stands in the documentation of this package.
 */
public interface GateContract
        extends RequestHeads,
                RequestFraming,
                ResponseFraming,
                ChunkedBodies,
                HopByHopFields,
                AddedFields,
                MaxForwards,
                KeepAlive,
                InterimResponses,
                FullDuplex,
                Upgrades,
                Errors,
                Routing,
                Balancing,
                UpstreamConnections,
                Retries,
                TimeLimits,
                SizeLimits,
                BackPressure,
                BigBodies,
                PassiveHealth,
                GracefulStop,
                Concurrency,
                Churn,
                RealPeers,
                Survival,
                Scarcity,
                IdleClients {}
