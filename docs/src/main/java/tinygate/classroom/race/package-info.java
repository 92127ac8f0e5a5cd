/**
 * The race: all gates, nginx, HAProxy and a bare relay, measured in turns in one run. Start reading
 * at {@link tinygate.classroom.race.Race}.
 *
 * <pre>
 *   Race       the command line
 *   RaceRun    scenario by scenario: warm, rounds of turns, count calls
 *   WarmUp     until a request gets no cheaper
 *   Lab        upstream, contenders, temporary files; all of it ends with the race
 *   Contender  gates, peers (Peer), the floor (Relay)
 *   LoadSource who sends the requests: Wrk or OwnLoad
 *   DelayedUpstream          the slow one of two upstreams
 *   Usage, SystemCallCount   what the kernel says of a contender
 * </pre>
 *
 * What the figures mean is not said here but in {@link tinygate.classroom.results}.
 */
package tinygate.classroom.race;
