/**
 * What the build does for the book besides Asciidoctor: draws pictures of the code from the code,
 * checks the finished pages and prepares their search. Nothing here runs in a gate.
 */
package tinygate.book;
