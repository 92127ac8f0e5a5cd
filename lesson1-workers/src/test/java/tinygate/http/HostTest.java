package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.http.Vectors.request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host of a request (contract rule H3; RFC 9112, sections 3.2 and 3.2.2). */
class HostTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # version | Host                   | host
                    HTTP/1.1  | Host: a.example¶       | a.example
                    HTTP/1.1  | hOST:A.Example:8080¶   | A.Example
                    HTTP/1.1  | Host: a.example:¶      | a.example
                    HTTP/1.1  | Host: a:65535¶         | a
                    HTTP/1.1  | Host: a:00080¶         | a
                    HTTP/1.1  | Host: 127.0.0.1:80␠¶   | 127.0.0.1
                    HTTP/1.1  | Host: [2001:db8::1]:8¶ | [2001:db8::1]
                    HTTP/1.1  | Host: [::ffff:1.2.3.4]¶ | [::ffff:1.2.3.4]
                    HTTP/1.1  | Host: x_y~!$&'()*+,;=%41¶ | x_y~!$&'()*+,;=%41
                    HTTP/1.0  | Host: a.example¶       | a.example
                    HTTP/1.0  | ''                     | ''
                    """)
    void isTheOneThatHostNames(String version, String field, String host) {
        Outcome outcome = request("GET / " + version + "¶" + field + "¶");

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.start()).endsWith(" for " + host);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # version | Host                  | why
                    HTTP/1.1  | ''                    | no Host
                    HTTP/1.9  | ''                    | no Host
                    HTTP/1.1  | Host: a¶Host: a¶      | more than one Host
                    HTTP/1.1  | Host: a¶X: y¶hOsT: b¶ | more than one Host
                    HTTP/1.0  | Host: a¶Host: b¶      | more than one Host
                    HTTP/1.1  | Host:¶                | no valid host
                    HTTP/1.0  | Host:¶                | no valid host
                    HTTP/1.1  | Host: :80¶            | no valid host
                    HTTP/1.1  | Host: a b¶            | no valid host
                    HTTP/1.1  | Host: a/b¶            | no valid host
                    HTTP/1.1  | Host: a@b¶            | no valid host
                    HTTP/1.1  | Host: a?b¶            | no valid host
                    HTTP/1.1  | Host: a#b¶            | no valid host
                    HTTP/1.1  | Host: a\\b¶           | no valid host
                    HTTP/1.1  | Host: "a"¶            | no valid host
                    HTTP/1.1  | Host: http://a¶       | no valid host
                    HTTP/1.1  | Host: é¶              | no valid host
                    HTTP/1.1  | Host: a:x¶            | no valid host
                    HTTP/1.1  | Host: a:+1¶           | no valid host
                    HTTP/1.1  | Host: a:65536¶        | no valid host
                    HTTP/1.1  | Host: a:4294967376¶   | no valid host
                    HTTP/1.1  | Host: a:000080¶       | no valid host
                    HTTP/1.1  | Host: a:80:80¶        | no valid host
                    HTTP/1.1  | Host: ::1¶            | no valid host
                    HTTP/1.1  | Host: [::1¶           | no valid host
                    HTTP/1.1  | Host: []¶             | no valid host
                    HTTP/1.1  | Host: [:]¶            | no valid host
                    HTTP/1.1  | Host: [::1]x¶         | no valid host
                    HTTP/1.1  | Host: [fe80::1%eth0]¶ | no valid host
                    """)
    void isRefused(String version, String field, String why) {
        Outcome outcome = request("GET / " + version + "¶" + field + "¶");

        assertThat(outcome.start()).contains(why);
        assertThat(outcome.refused()).isEqualTo(400);
    }

    @Test
    void ofAnAbsoluteTargetReplacesHost() {
        Outcome outcome = request("GET http://b.example/x HTTP/1.1¶Host: a.example¶¶");

        assertThat(outcome.start()).isEqualTo("GET http://b.example/x HTTP/1.1 for b.example");
    }

    @Test
    void mustBeValidEvenBesideAnAbsoluteTarget() {
        assertThat(request("GET http://b.example/ HTTP/1.1¶Host: a b¶¶").refused()).isEqualTo(400);
        assertThat(request("GET http://b.example/ HTTP/1.1¶¶").start()).contains("no Host");
    }

    @Test
    void hasAtMost255Bytes() {
        String longest = "h".repeat(255);

        assertThat(request("GET / HTTP/1.1¶Host: " + longest + ":65535¶¶").start())
                .endsWith(" for " + longest);
        assertThat(request("GET / HTTP/1.1¶Host: " + longest + "h¶¶").refused()).isEqualTo(400);
    }
}
