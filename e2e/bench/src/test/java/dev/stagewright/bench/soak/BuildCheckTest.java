package dev.stagewright.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.bench.soak.RegistryImageReader.TaggedImage;
import dev.stagewright.bench.soak.SoakBuild.DesiredState;
import dev.stagewright.bench.soak.Violation.Kind;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildCheckTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final SoakSpec CHAIN = new SoakSpec(0, 6, "");
  private static final SoakSpec FAILING = new SoakSpec(4, 6, "");
  private static final String INPUT = "project-0-version-6";
  private static final Optional<TaggedImage> PUSHED =
      Optional.of(new TaggedImage("sha256:1", INPUT, INPUT));
  private static final String SUCCEEDED =
      """
      observedGeneration: 2
      phase: Succeeded
      image: {digest: "sha256:1"}
      conditions: [{type: Ready, status: "True"}]
      """;
  private static final String FAILED =
      """
      observedGeneration: 2
      phase: Failed
      failure: {reason: RunFailed, stage: bad, exitCode: 7}
      conditions: [{type: Ready, status: "False"}]
      """;

  @Test
  void expectedResultsAreValid() {
    assertThat(of(CHAIN, SUCCEEDED, PUSHED).violations()).isEmpty();
    assertThat(of(FAILING, FAILED, Optional.empty()).violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phase: Building\nobservedGeneration: 2",
        "phase: Cancelled\nobservedGeneration: 2",
        "phase: Succeeded\nobservedGeneration: 1"
      })
  void unfinishedBuildIsLost(String status) {
    assertThat(of(CHAIN, status, PUSHED).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.LOST);
  }

  @Test
  void missingBuildIsLostUnlessDeleted() {
    assertThat(new BuildCheck("b", desired(CHAIN, false), null, PUSHED).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.LOST);
    assertThat(new BuildCheck("b", desired(CHAIN, true), null, PUSHED).violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sha256:2, project-0-version-6, project-0-version-6, the registry has sha256:2",
    "sha256:1, project-0-version-5, project-0-version-6, an image of project-0-version-5",
    "sha256:1, project-0-version-6, project-0-version-5, made from project-0-version-5",
  })
  void unexpectedImageIsWrong(String digest, String label, String madeFrom, String message) {
    var image = Optional.of(new TaggedImage(digest, label, madeFrom));

    assertThat(of(CHAIN, SUCCEEDED, image).violations())
        .singleElement()
        .extracting(Violation::message)
        .asString()
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource({"exitCode: 7, exitCode: 8", "RunFailed, PodLost", "stage: bad, stage: good"})
  void unexpectedFailureIsWrong(String expected, String reported) {
    assertThat(of(FAILING, FAILED.replace(expected, reported), Optional.empty()).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.WRONG);
  }

  @Test
  void unexpectedPhaseIsWrong() {
    assertThat(of(FAILING, SUCCEEDED, PUSHED).violations()).hasSize(1);
    assertThat(of(CHAIN, FAILED, Optional.empty()).violations()).hasSize(1);
    assertThat(of(CHAIN, SUCCEEDED, Optional.empty()).violations()).hasSize(1);
  }

  @Test
  void contradictingConditionIsWrong() {
    assertThat(of(CHAIN, SUCCEEDED.replace("\"True\"", "Unknown"), PUSHED).violations()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{generation: 1}, {generation: 1}]", "[{generation: 2}]"})
  void findsRunTwiceInHistory(String history) {
    assertThat(of(CHAIN, SUCCEEDED + "history: " + history, PUSHED).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.DUPLICATED);
  }

  private static BuildCheck of(SoakSpec spec, String status, Optional<TaggedImage> image) {
    var yaml =
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {name: b, generation: 2}
        status:
        """
            + status.indent(2);
    return new BuildCheck("b", desired(spec, false), YAML.unmarshal(yaml, ImageBuild.class), image);
  }

  private static DesiredState desired(SoakSpec spec, boolean deleted) {
    return new DesiredState(spec, 2, false, deleted);
  }
}
