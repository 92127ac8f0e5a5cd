package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    private final Columns columns = new Columns(6, 8);

    @Test
    void cellsBeginWhereTheirColumnBegins() {
        assertThat(columns.row("a", "b")).isEqualTo("a     b\n");
        assertThat(columns.row("", "b")).isEqualTo("      b\n");
    }

    @Test
    void aLongTextGoesOnBelow() {
        assertThat(columns.row("one two", "x y z four")).isEqualTo("one   x y z\ntwo   four\n");
        assertThat(columns.row("a", "1234567 8")).isEqualTo("a     1234567\n      8\n");
    }

    @Test
    void aWordWiderThanItsColumnIsBroken() {
        assertThat(columns.row("1234567890ab c", "x")).isEqualTo("12345 x\n67890\nab c\n");
    }
}
