package dev.stagewright.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Digest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncated and complete termination messages. */
class TerminationMessageTest {
  private static final Failure RUN_FAILED =
      new Failure(
          FailureReason.RunFailed,
          "the command \"make\" ended with exit code 42:\n" + "größer\u0001".repeat(1000),
          Optional.of("builder"),
          Optional.of(new InstructionPosition("Dockerfile", 3, "RUN " + "make; ".repeat(2000))),
          Optional.of(42));

  @ParameterizedTest
  @ValueSource(strings = {"x", "\ud83d\ude00", "ü", "\"", "\\", "a\n"})
  void longMessageIsTruncatedBetweenCharacters(String character) {
    var failure = Failure.of(FailureReason.RunFailed, "begin" + character.repeat(9000));

    var bytes = TerminationMessage.write(new Termination.Failed(failure));

    assertThat(bytes).hasSizeBetween(1500, TerminationMessage.LIMIT);
    assertThat(read(bytes).message()).startsWith("begin" + character).endsWith(" … (cut)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\u001b[31m", "\u202e"})
  void unprintableCharactersAreRemoved(String text) {
    var failure =
        Failure.at(
            FailureReason.RunFailed,
            "the registry says: " + text + "no",
            "builder",
            new InstructionPosition("Dockerfile", 1, "RUN printf '" + text + "'"));

    assertThat(failure.message()).isEqualTo("the registry says: no");
    assertThat(failure.position().orElseThrow().instruction()).isEqualTo("RUN printf ''");
  }

  @Test
  void onlyTheWorstFindingsFit() {
    var finding =
        new ImageChecks.Finding(
            "MissingInterpreter",
            ImageChecks.Severity.ERROR,
            "ü".repeat(500),
            Optional.of("/app"),
            3,
            Optional.empty(),
            Optional.empty());
    var checks =
        new ImageChecks(
            Optional.of(ImageChecks.Verdict.DOES_NOT_RUN),
            new ImageChecks.Counts(10, 0, 0),
            Optional.empty(),
            Optional.empty(),
            12,
            Collections.nCopies(10, finding));
    var pushed = new Termination.Pushed(Digest.of(new byte[0]), 1, 1, 0);

    var bytes = TerminationMessage.write(pushed.withChecks(Optional.of(checks)));

    assertThat(bytes).hasSizeBetween(2500, TerminationMessage.LIMIT);
    assertThat(TerminationMessage.read(new String(bytes, UTF_8)))
        .contains(pushed.withChecks(Optional.of(checks.withAtMost(3))));
  }

  @Test
  void anyTruncationKeepsTheReason() {
    var bytes = TerminationMessage.write(new Termination.Failed(RUN_FAILED));

    for (var share = 60; share <= bytes.length; share++) {
      var kept = Arrays.copyOf(bytes, share);
      assertThat(read(kept).reason()).as("of %d bytes", share).isEqualTo(FailureReason.RunFailed);
    }
  }

  @Test
  void shareOfTwelveContainersKeepsPositionAndExitCode() {
    var bytes = TerminationMessage.write(new Termination.Failed(RUN_FAILED));

    var failure = read(Arrays.copyOf(bytes, 12 * 1024 / 12));

    assertThat(failure.stage()).contains("builder");
    assertThat(failure.position()).map(InstructionPosition::line).contains(3);
    assertThat(failure.exitCode()).contains(42);
    assertThat(failure.message()).startsWith("the command \"make\" ended").endsWith(" … (cut)");
  }

  @Test
  void truncatedScanKeepsTheDigest() {
    var scan =
        new ScanResult(
            "Success",
            Optional.of("High"),
            Map.of("High", 2),
            1,
            Optional.of("Trivy"),
            Optional.of("https://harbor.example.com/" + "x".repeat(500)),
            Optional.empty());
    var pushed = new Termination.Pushed(Digest.of(new byte[0]), 12, 3, 4, Optional.of(scan));
    var bytes = TerminationMessage.write(pushed);

    assertThat(TerminationMessage.read(new String(bytes, UTF_8))).contains(pushed);
    for (var share = 170; share < bytes.length; share++) {
      var kept = new String(Arrays.copyOf(bytes, share), UTF_8);
      assertThat(TerminationMessage.read(kept))
          .as(kept)
          .get()
          .extracting("digest")
          .isEqualTo(pushed.digest());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Killed", "{", "{\"type\":\"Failed\"", "{\"type\":\"Nothing\"}"})
  void otherMessagesAreNotRead(String message) {
    assertThat(TerminationMessage.read(message)).isEmpty();
  }

  @Test
  void messageOfAnOlderRuntimeHasNoPeakMemory() {
    var staged =
        "{\"type\":\"Staged\",\"stage\":\"s0\",\"layers\":1,\"layerBytes\":2,\"exportedBytes\":3,"
            + "\"sandbox\":\"IN_PLACE\",\"readyMillis\":4}";
    var withPeakMemory = staged.replace("}", ",\"peakMemory\":5}");

    assertThat(TerminationMessage.read(staged))
        .contains(new Termination.Staged("s0", 1, 2, 3, SandboxKind.IN_PLACE, 4));
    assertThat(TerminationMessage.read(withPeakMemory).orElseThrow().peakMemory()).contains(5L);
  }

  private static Failure read(byte[] bytes) {
    var words = TerminationMessage.read(new String(bytes, UTF_8));
    return ((Termination.Failed) words.orElseThrow()).failure();
  }
}
