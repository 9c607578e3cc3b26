package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.PhaseRuntime;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhaseRunnerTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void successWritesTheResultAndExitsWithZero() throws IOException {
    var prepared = new Termination.Prepared(Digest.of(new byte[0]));

    assertThat(run(() -> prepared)).isZero();
    assertThat(termination()).isEqualTo(prepared);
  }

  @Test
  void failureIsLogged() throws IOException {
    var failed = new Termination.Failed(Failure.of(FailureReason.TagImmutable, "tag is immutable"));

    assertThat(run(() -> failed)).isEqualTo(20);
    assertThat(termination()).isEqualTo(failed);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("ERROR: tag is immutable\nstagewright-result ");
  }

  @Test
  void programmingErrorIsInternal() throws IOException {
    var code =
        run(() -> {
          throw new IllegalStateException("broken");
        });

    assertThat(code).isEqualTo(22);
    assertThat(((Termination.Failed) termination()).failure())
        .isEqualTo(
            Failure.of(
                FailureReason.Internal, "internal error: java.lang.IllegalStateException: broken"));
  }

  @Test
  void fullVolumeIsReported() throws IOException {
    var code =
        run(() -> {
          throw new IOException("No space left on device");
        });

    assertThat(code).isEqualTo(20);
    assertThat(((Termination.Failed) termination()).failure())
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo(FailureReason.WorkspaceFull);
          assertThat(failure.message()).contains("spec.workspace.size");
        });
  }

  private int run(PhaseRuntime.Body body) {
    var log = new Log(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return new PhaseRunner(Phase.PREPARE, terminationLog(), log).run(body);
  }

  private Path terminationLog() {
    return folder.resolve("termination-log");
  }

  private Termination termination() throws IOException {
    return TerminationMessage.read(Files.readString(terminationLog())).orElseThrow();
  }
}
