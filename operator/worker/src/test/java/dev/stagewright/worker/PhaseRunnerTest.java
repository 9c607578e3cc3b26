package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.Termination;
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
  void leavesItsLastWordsAndExitsWithZero() throws Exception {
    var done = new Termination.Prepared(Digest.of(new byte[0]));

    assertThat(run(() -> done)).isZero();
    assertThat(lastWords()).isEqualTo(done);
  }

  @Test
  void tellsAFailureWithItsPlaceAndExitsWithTheCodeOfItsFault() throws Exception {
    var failure =
        Failure.at(
            FailureReason.BaseImageNotFound,
            "no such image",
            "web",
            new InstructionPosition("Dockerfile", 3, "FROM nginz"));

    var code =
        run(() -> {
          throw new BuildFailedException(failure);
        });

    assertThat(code).isEqualTo(20);
    assertThat(lastWords()).isEqualTo(new Termination.Failed(failure));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("ERROR: no such image\n  at Dockerfile:3: FROM nginz\n");
  }

  @Test
  void callsAFullVolumeByItsName() throws Exception {
    var code =
        run(() -> {
          throw new IOException("No space left on device");
        });

    assertThat(code).isEqualTo(20);
    assertThat(((Termination.Failed) lastWords()).failure())
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo(FailureReason.WorkspaceFull);
          assertThat(failure.message()).contains("spec.workspace.size");
        });
  }

  @Test
  void keepsItsLastWordsWithinWhatKubernetesKeeps() throws Exception {
    var code =
        run(() -> {
          throw new BuildFailedException(
              Failure.of(FailureReason.SourceUnavailable, "ü".repeat(10_000)));
        });

    assertThat(code).isEqualTo(21);
    assertThat(Files.size(folder.resolve("termination-log"))).isLessThanOrEqualTo(4096);
  }

  private int run(PhaseRunner.Body body) {
    var log = new Log(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return new PhaseRunner(Phase.PREPARE, folder.resolve("termination-log"), log).run(body);
  }

  private Termination lastWords() throws IOException {
    return Json.read(Files.readString(folder.resolve("termination-log")), Termination.class);
  }
}
