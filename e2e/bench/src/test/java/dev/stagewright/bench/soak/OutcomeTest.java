package dev.stagewright.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.bench.soak.Registry.Tagged;
import dev.stagewright.bench.soak.SoakBuild.Wanted;
import dev.stagewright.bench.soak.Violation.Kind;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Recipe CHAIN = new Recipe(Shape.CHAIN, "m", 7, "", "");
  private static final Recipe FAILING = new Recipe(Shape.FAILING, "m", 7, "", "");
  private static final Optional<Tagged> PUSHED = Optional.of(new Tagged("sha256:1", "m"));
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
  void buildsThatEndAsTheyShouldAreInOrder() {
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
  void aBuildThatIsNotAtTheEndOfItsLastSpecIsLost(String status) {
    assertThat(of(CHAIN, status, PUSHED).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.LOST);
  }

  @Test
  void aBuildThatIsGoneIsLostUnlessItWasDeleted() {
    assertThat(new Outcome("b", wanted(CHAIN, false), null, PUSHED).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.LOST);
    assertThat(new Outcome("b", wanted(CHAIN, true), null, PUSHED).violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'sha256:1', 'm', 'sha256:2', 'm', the registry has sha256:1",
    "'sha256:1', 'other', 'sha256:1', 'm', the registry has other",
  })
  void anotherImageThanWasAskedForIsWrong(
      String digest, String mark, String told, String asked, String words) {
    var status = SUCCEEDED.replace("sha256:1", told);

    assertThat(of(CHAIN, status, Optional.of(new Tagged(digest, mark))).violations())
        .singleElement()
        .extracting(Violation::what)
        .asString()
        .contains(words);
  }

  @ParameterizedTest
  @CsvSource({"exitCode: 7, exitCode: 8", "RunFailed, PodLost", "stage: bad, stage: good"})
  void aFailureOfAnotherKindIsWrong(String meant, String told) {
    assertThat(of(FAILING, FAILED.replace(meant, told), Optional.empty()).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.WRONG);
  }

  @Test
  void aSuccessThatWasToFailIsWrongAndSoIsTheReverse() {
    assertThat(of(FAILING, SUCCEEDED, PUSHED).violations()).hasSize(1);
    assertThat(of(CHAIN, FAILED, Optional.empty()).violations()).hasSize(1);
    assertThat(of(CHAIN, SUCCEEDED, Optional.empty()).violations()).hasSize(1);
  }

  @Test
  void aConditionThatDoesNotFitIsWrong() {
    assertThat(of(CHAIN, SUCCEEDED.replace("\"True\"", "Unknown"), PUSHED).violations()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{generation: 1}, {generation: 1}]", "[{generation: 2}]"})
  void aRunThatIsToldOfTwiceIsFound(String history) {
    assertThat(of(CHAIN, SUCCEEDED + "history: " + history, PUSHED).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.DUPLICATED);
  }

  private static Outcome of(Recipe recipe, String status, Optional<Tagged> tagged) {
    var yaml =
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {name: b, generation: 2}
        status:
        """
            + status.indent(2);
    return new Outcome("b", wanted(recipe, false), YAML.unmarshal(yaml, ImageBuild.class), tagged);
  }

  private static Wanted wanted(Recipe recipe, boolean deleted) {
    return new Wanted(recipe, 2, false, deleted);
  }
}
