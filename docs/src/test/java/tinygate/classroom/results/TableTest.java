package tinygate.classroom.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    private final String table =
            Table.of(
                    Sample.scenario(
                            "keep-512-1k",
                            Sample.entry("nginx", 40_000, 20, 5.06),
                            Sample.entry("iouring", 20_000, 10, 0.25),
                            Sample.wrong("sqpoll")));

    @Test
    void everyContenderHasItsFiguresAndABarForEach() {
        assertThat(table)
                .containsPattern("nginx +40,000 #{12} +20\\.0 #{12} +1\\.00")
                .containsPattern("iouring +20,000 #{6} +10\\.0 #{6} +0\\.50 \\[0\\.50-0\\.50] <")
                .containsPattern("iouring +0\\.25 ");
    }

    @Test
    void aContenderWithAWrongResponseIsVoid() {
        assertThat(table).containsPattern("sqpoll .* VOID\n");
    }

    @Test
    void aProjectorOf80ColumnsShowsIt() {
        assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void aBarIsAsLongAsItsShareAndNeverVanishes() {
        assertThat(Table.bar(5, 10, 12)).hasSize(6);
        assertThat(Table.bar(0.001, 10, 12)).hasSize(1);
        assertThat(Table.bar(0, 10, 12)).isEmpty();
        assertThat(Table.bar(Double.NaN, 10, 12)).isEmpty();
    }
}
