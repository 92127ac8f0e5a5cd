/**
 * The price of SQPOLL: what a gate and its poller cost the processors while busy, while idle and
 * asleep, which system calls are left, what it takes to wake them, and what a send without a copy
 * would save. Start reading at {@link tinygate.classroom.price.SqPollPrice}.
 *
 * <pre>
 *   SqPollPrice  the command line
 *   PriceRun     place by place: a race of the gates, and then each of them alone
 *   GateTrial    one gate alone: its system calls, its idle moments, a client that pauses
 *   PricePlan    which gates, how long, how often
 * </pre>
 *
 * It measures with the parts of {@link tinygate.classroom.race}; what the figures mean is said in
 * {@link tinygate.classroom.results}.
 */
package tinygate.classroom.price;
