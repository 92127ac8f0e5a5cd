/**
 * Lesson 3: io_uring by hand. The ring, usable on its own: {@link tinygate.iouring.Ring}, {@link
 * tinygate.iouring.SubmissionQueue}, {@link tinygate.iouring.SubmissionEntry}, {@link
 * tinygate.iouring.CompletionQueue}, {@link tinygate.iouring.BufferRing}.
 */
package tinygate.iouring;
