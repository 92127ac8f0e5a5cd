package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.classroom.results.PriceSample.part;
import static tinygate.classroom.results.PriceSample.plain;
import static tinygate.classroom.results.PriceSample.polled;
import static tinygate.classroom.results.PriceSample.sends;

import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTableTest {
    private final String table =
            PriceTable.of(
                    PriceSample.price(
                            List.of(
                                    part(
                                            Price.APART,
                                            plain("iouring", 20, 200_000),
                                            polled("sqpoll+", 1_030, 7_000),
                                            PriceSample.faulty("sqpoll"))),
                            sends(65_536, 100L, 1.5, 1.5, 1.5),
                            sends(1_024, null, 1.5, 1.5, 1.5)));

    @Test
    void everyGateHasItsRowInEveryTable() {
        assertThat(table)
                .containsPattern("iouring +10,000 +20\\.0 +- +20 +- +1\\.00\n")
                .containsPattern("sqpoll\\+ +10,000 +1030\\.0 +515\\.0 +515 +515 +51\\.50 \\[")
                .containsPattern(
                        "sqpoll\\+ +30 +1,000,000 +0\\.0080 +0\\.0070 +0\\.0070 +0\\.0070 ")
                .containsPattern("iouring +- +- +0\\.20 +- +0\n")
                .containsPattern("sqpoll\\+ +1\\.0 +98\\.0 +0\\.10 +0\\.00 +0\n")
                .containsPattern("sqpoll\\+ +300 +500 +0/100 +450 +900 +100/100\n");
    }

    @Test
    void everyLengthOfASendHasItsRow() {
        assertThat(table)
                .containsPattern("65,536 +1,000 +1,500 +1\\.50 \\[1\\.50-1\\.50] +100 %\n")
                .containsPattern("1,024 +1,000 +1,500 .* +-\n");
    }

    @Test
    void aGateWithAWrongResponseIsVoidAndSaysWhy() {
        assertThat(table).containsPattern("sqpoll +void\n").contains("sqpoll: 503 instead of 200");
    }

    @Test
    void theFindingsComeLast() {
        assertThat(table)
                .containsPattern(
                        "(?s)What comes of it.*0\\.02 calls for a request \\(apart\\)\n.*  => holds");
    }

    @Test
    void aProjectorOf80ColumnsShowsIt() {
        assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    }
}
