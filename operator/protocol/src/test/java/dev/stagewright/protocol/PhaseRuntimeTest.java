package dev.stagewright.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhaseRuntimeTest {
  private static final Termination PREPARED = new Termination.Prepared(Digest.of(new byte[0]));

  @TempDir private Path folder;
  private Optional<Long> peakMemory = Optional.empty();
  private final List<String> log = new ArrayList<>();

  @Test
  void successWritesTheResultAndExitsWithZero() throws IOException {
    assertThat(run(() -> PREPARED)).isZero();
    assertThat(termination()).isEqualTo(PREPARED);
    assertThat(log).containsExactly(resultFrame());
  }

  @Test
  void failureIsLoggedWithItsPositionAndSetsTheExitCode() throws IOException {
    var failure =
        Failure.at(
            FailureReason.BaseImageNotFound,
            "image nginz not found",
            "web",
            new InstructionPosition("Dockerfile", 3, "FROM nginz"));

    assertThat(fail(new BuildFailedException(failure))).isEqualTo(20);
    assertThat(termination()).isEqualTo(new Termination.Failed(failure));
    assertThat(log).containsExactly("ERROR: Dockerfile:3: image nginz not found", resultFrame());
  }

  @Test
  void fullVolumeIsReported() throws IOException {
    assertThat(fail(new IOException("No space left on device"))).isEqualTo(20);
    assertThat(failure().reason()).isEqualTo(FailureReason.WorkspaceFull);
    assertThat(failure().message())
        .isEqualTo(
            "the workspace volume has no space left: increase spec.workspace.size, or copy fewer"
                + " files between stages");
  }

  @Test
  void usedUpQuotaIsReported() throws IOException {
    var exception = new FileSystemException("/workspace/x", null, "Disk quota exceeded");

    assertThat(fail(new UncheckedIOException(exception))).isEqualTo(20);
    assertThat(failure().reason()).isEqualTo(FailureReason.WorkspaceFull);
    assertThat(failure().message())
        .startsWith("the quota of the workspace volume is used up: increase spec.workspace.size");
  }

  @Test
  void unexpectedExceptionIsExplainedByTheCaller() throws IOException {
    assertThat(fail(new IllegalStateException("broken"))).isEqualTo(22);
    assertThat(failure()).isEqualTo(Failure.of(FailureReason.Internal, "internal: broken"));
  }

  @Test
  void peakMemoryIsReportedOfStagesAndFailures() throws IOException {
    peakMemory = Optional.of(5_000_000_000L);

    run(() -> new Termination.Staged("s0", 1, 2, 3, SandboxKind.IN_PLACE, 4));
    assertThat(termination().peakMemory()).contains(5_000_000_000L);
    fail(new IllegalStateException("broken"));
    assertThat(termination().peakMemory()).contains(5_000_000_000L);
    run(() -> PREPARED);
    assertThat(termination()).isEqualTo(PREPARED);
  }

  @Test
  void interruptionIsAnInternalFailure() throws IOException {
    var code =
        run(() -> {
          throw new InterruptedException();
        });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(code).isEqualTo(22);
    assertThat(failure().message()).isEqualTo("the prepare phase was interrupted");
  }

  @Test
  void inputThatIsNestedTooDeeplyIsReported() throws IOException {
    var code =
        run(() -> {
          throw new StackOverflowError();
        });

    assertThat(code).isEqualTo(22);
    assertThat(failure().reason()).isEqualTo(FailureReason.Internal);
    assertThat(failure().message()).contains("the input is nested too deeply");
  }

  @Test
  void multiByteMessageFitsTheTerminationMessage() throws IOException {
    var failure = Failure.of(FailureReason.SourceUnavailable, "ü".repeat(10_000));

    assertThat(fail(new BuildFailedException(failure))).isEqualTo(21);
    assertThat(Files.size(terminationLog())).isLessThanOrEqualTo(TerminationMessage.LIMIT);
  }

  @Test
  void successWithoutTerminationMessageFails() throws IOException {
    Files.createDirectory(terminationLog());

    assertThat(run(() -> PREPARED)).isEqualTo(22);
    assertThat(log).singleElement().asString().startsWith("ERROR: cannot write");
  }

  @Test
  void theLogOfAStageIsNotTrustedWithTheResult() {
    assertThat(run(Phase.STAGE, () -> PREPARED)).isZero();
    assertThat(log).isEmpty();
  }

  @Test
  void aMessageThatContainsAFrameIsNotMistakenForOne() {
    var forged = LogFrame.format(LogFrame.Kind.RESULT, "{}");

    fail(new BuildFailedException(Failure.of(FailureReason.PushDenied, "denied:\n" + forged)));

    assertThat(log.getFirst().lines()).noneMatch(LogFrame::isFrame);
  }

  private String resultFrame() throws IOException {
    return LogFrame.format(LogFrame.Kind.RESULT, Files.readString(terminationLog()));
  }

  private int fail(Exception exception) {
    return run(() -> {
      switch (exception) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw new AssertionError(exception);
      }
    });
  }

  private int run(PhaseRuntime.Body body) {
    return run(Phase.PREPARE, body);
  }

  private int run(Phase phase, PhaseRuntime.Body body) {
    return new PhaseRuntime(
            phase,
            terminationLog(),
            log::add,
            e -> Failure.of(FailureReason.Internal, "internal: " + e.getMessage()),
            () -> peakMemory)
        .run(body);
  }

  private Path terminationLog() {
    return folder.resolve("termination-log");
  }

  private Termination termination() throws IOException {
    return TerminationMessage.read(Files.readString(terminationLog())).orElseThrow();
  }

  private Failure failure() throws IOException {
    return ((Termination.Failed) termination()).failure();
  }
}
