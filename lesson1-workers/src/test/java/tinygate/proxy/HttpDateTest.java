package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The value of a Date field, to the second. */
class HttpDateTest {
    private final HttpDate date = new HttpDate();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1994-11-06T08:49:37Z     | Sun, 06 Nov 1994 08:49:37 GMT
                    1970-01-01T00:00:00.999Z | Thu, 01 Jan 1970 00:00:00 GMT
                    1969-12-31T23:59:59.999Z | Wed, 31 Dec 1969 23:59:59 GMT
                    2028-02-29T23:59:59Z     | Tue, 29 Feb 2028 23:59:59 GMT
                    """)
    void hasTheFormatOfRfc9110(Instant time, String text) {
        assertThat(date.at(time.toEpochMilli())).isEqualTo(text);
    }

    @Test
    void isMadeAnewOnlyWhenTheSecondChanges() {
        String first = date.at(1_000);

        assertThat(date.at(1_999)).isSameAs(first);
        assertThat(date.at(2_000)).isEqualTo("Thu, 01 Jan 1970 00:00:02 GMT");
        assertThat(date.at(1_000)).isEqualTo(first);
    }
}
