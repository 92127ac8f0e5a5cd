/**
 * What a proxy decides, without any I/O: which requests it answers itself, how a request and a
 * response look when they are forwarded, whether a failed request may be sent again, and which
 * connections live on. Every gate of the course asks these classes and has no policy of its own.
 *
 * <p>In the order of a request's life: {@link tinygate.proxy.OwnAnswers}, {@link
 * tinygate.proxy.RequestWriter}, {@link tinygate.proxy.Retry}, {@link
 * tinygate.proxy.ResponseWriter}, {@link tinygate.proxy.Persistence}, and wherever something went
 * wrong {@link tinygate.proxy.Errors}.
 */
package tinygate.proxy;
