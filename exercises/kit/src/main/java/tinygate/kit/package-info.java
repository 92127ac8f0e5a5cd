/**
 * Grades the exercises of the course. It knows no lesson.
 *
 * <pre>
 *   mvn test           Grading ---- Grader ---- a child JVM for each exercise
 *                      |            Compiler    Child: JUnit runs the tests
 *                      |            Verdict <-- Journal: what happened, line by line
 *                      Board, ScoreFile
 * </pre>
 */
package tinygate.kit;
