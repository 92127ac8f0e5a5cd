/**
 * What a race has found: the figures as they were measured ({@link
 * tinygate.classroom.results.Results}, written as {@code results.json}), what they mean ({@link
 * tinygate.classroom.results.Ratio}, {@link tinygate.classroom.results.Judge}), and how they are
 * shown in a terminal and in the book. Nothing here measures.
 *
 * <pre>
 *   race --> Results --> results.json --> Judge --> Table    (terminal)
 *                                           |
 *                                           +-----> Chapter  (results.adoc) with Bars (SVG)
 *                                           +-----> Pages    (techniques.adoc, loads.adoc)
 *   two Results --> Agreement
 * </pre>
 *
 * The price of SQPOLL goes the same way:
 *
 * <pre>
 *   price --> Price --> price.json --> PriceJudge --> PriceRows, PriceFindings --> PriceTable
 *                                                                   |
 *                                                                   +-----------> PriceChapter
 * </pre>
 */
package tinygate.classroom.results;
