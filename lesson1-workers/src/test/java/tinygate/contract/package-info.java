/**
 * The contract of every gate, as tests over real sockets: {@link tinygate.contract.GateContract}.
 *
 * <p>Each test carries the rule that it tests as a tag: {@code mvn test -Dgroups=H4} runs those of
 * one rule. A test gets a {@link tinygate.contract.Bench}: a gate with clients before it and
 * upstreams behind it. What a test sends, and when, is up to the test; when it fails it tells all
 * bytes that went to and fro.
 *
 * <table>
 *   <caption>Which rule is tested where</caption>
 *   <tr><td>H1<td>{@link RequestHeads}
 *   <tr><td>H2<td>{@link RequestHeads}
 *   <tr><td>H3<td>{@link RequestHeads}
 *   <tr><td>H4<td>{@link RequestFraming}, {@link RealPeers}
 *   <tr><td>H5<td>{@link ResponseFraming}, {@link RealPeers}
 *   <tr><td>H6<td>{@link ChunkedBodies}, {@link RealPeers}
 *   <tr><td>H7<td>{@link HopByHopFields}
 *   <tr><td>H8<td>{@link AddedFields}
 *   <tr><td>H9<td>{@link MaxForwards}
 *   <tr><td>H10<td>{@link KeepAlive}, {@link RealPeers}
 *   <tr><td>H11<td>{@link InterimResponses}, {@link RealPeers}
 *   <tr><td>H12<td>{@link FullDuplex}
 *   <tr><td>H13<td>{@link Upgrades}
 *   <tr><td>H14<td>{@link Errors}
 *   <tr><td>H15<td>{@link Errors}
 *   <tr><td>P1<td>{@link Routing}
 *   <tr><td>P2<td>{@link Balancing}
 *   <tr><td>P3<td>{@link UpstreamConnections}, {@link Retries}, {@link RealPeers}
 *   <tr><td>P4<td>{@link TimeLimits}
 *   <tr><td>P5<td>{@link SizeLimits}
 *   <tr><td>P6<td>{@link BackPressure}, {@link BigBodies}
 *   <tr><td>P7<td>{@link PassiveHealth}
 *   <tr><td>P8<td>{@link GracefulStop}; on SIGTERM: {@code tinygate.LauncherTest}
 *   <tr><td>P9<td>{@code tinygate.observe.AccessLogTest}, {@code tinygate.observe.AdminTest}
 *   <tr><td>P10<td>{@link Concurrency}
 *   <tr><td>P11<td>{@code tinygate.SettingsFileTest}, {@code tinygate.CliTest}
 *   <tr><td>P12<td>{@code tinygate.LauncherTest}
 *   <tr><td>survival<td>{@link Survival}, {@link Churn}, {@link Scarcity}, {@link IdleClients}
 * </table>
 */
package tinygate.contract;
