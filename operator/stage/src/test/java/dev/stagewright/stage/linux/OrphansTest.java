package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes whose parents have ended. */
@Timeout(60)
class OrphansTest {
  /** Creates an orphan that ends immediately, and runs until it has been reaped. */
  private static final String COMMAND =
      "orphan=$(sh -c 'true & echo $!'); while [ -e /proc/$orphan ]; do :; done";

  @Test
  void orphansAreReapedWhileTheCommandRuns() throws IOException, InterruptedException {
    var processes = new Processes();
    processes.adoptOrphans();
    var process = new ProcessBuilder("sh", "-c", COMMAND).start();
    processes.reapOrphansUntil(process.pid());

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
