package tinygate.kit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a class of JUnit tests an exercise. Its tests run in the order of {@code @Order}, the
 * simple ones first, and may take a {@link Story} as parameter. See the package's description for
 * how an exercise is added.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StoryExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public @interface Exercise {

    /** Lesson and number: {@code 1.5}. */
    String id();

    /** What it is about, in a few words. */
    String title();

    /** What solving it is worth. */
    int points();

    /** How long a student will need, about. */
    int minutes();

    /**
     * Where the book tells of it: the page in {@code docs/target/book} and the anchor, {@code
     * lesson1.html#ex-1-5}.
     */
    String chapter();

    /** From a nudge to nearly the answer; at least two. */
    String[] hints();

    /**
     * The full names of the top-level classes that the student edits; no other exercise of the
     * lesson has the same. None means those of all other exercises of the lesson.
     */
    String[] code() default {};

    /** The time limit for each test. */
    int seconds() default 10;
}
