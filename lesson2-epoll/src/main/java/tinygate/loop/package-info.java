/**
 * What the hand-made event loops of lessons 2, 3 and 4 have in common: public for them, and for
 * nobody else. Read it beside a lesson's own package: {@link tinygate.loop.LoopGate} (a loop for
 * each processor), {@link tinygate.loop.Loop} (its tasks, timers and exchanges), {@link
 * tinygate.loop.LoopDriver} (what an exchange asks for), {@link tinygate.loop.TimerWheel}.
 */
package tinygate.loop;
