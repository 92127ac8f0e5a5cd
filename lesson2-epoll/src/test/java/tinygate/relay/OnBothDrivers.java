package tinygate.relay;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that hold whichever way the I/O is done; each ends by looking for what was leaked. */
@ParameterizedClass
@EnumSource(IoStyle.class)
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class OnBothDrivers {
    @Parameter IoStyle style;

    Stage stage;

    @BeforeEach
    void setTheStage() {
        stage = new Stage(style);
    }

    @AfterEach
    void nothingIsLeft() {
        stage.endsClean();
    }
}
