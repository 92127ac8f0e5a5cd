/**
 * Grades the exercises of the course, and knows no lesson. {@link tinygate.kit.Grading} is where a
 * lesson begins:
 *
 * <pre>
 *   JVM of Maven's tests                        child JVM, one for each exercise
 *   --------------------                        --------------------------------
 *   Grading   a dynamic test for each           Child      the student's classes come first on the class path
 *     Grader     Compiler, ChildProcess  ---->    Recorder   what JUnit does ----+
 *       Verdict  what came of it         <----    Watch      time limits, exits -+--> Journal, a file
 *   Board, ScoreFile
 * </pre>
 *
 * <p>An exercise is a class of tests with {@link tinygate.kit.Exercise}; its tests tell a {@link
 * tinygate.kit.Story}. The methods that a student writes throw {@link tinygate.kit.NotDoneYet}
 * until then. How an exercise and its wrong solutions are added stands in {@code
 * exercises/AUTHORING.adoc}.
 */
package tinygate.kit;
