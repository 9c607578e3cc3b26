package dev.stagewright.kubectl.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class StartedBuildTest {
  private static ImageBuild build(String trigger, String status) {
    return Serialization.unmarshal(
        """
        metadata:
          name: hello
          uid: u1
          generation: 2
          annotations: {stagewright.dev/rebuild: %s}
        status: %s
        """
            .formatted(trigger, status),
        ImageBuild.class);
  }

  private final StartedBuild started = new StartedBuild(build("mine", "null"), "mine");

  @Test
  void statusOfAnotherRunIsNotThatOfTheRun() {
    var before = build("mine", "{observedGeneration: 1, run: 5, observedRebuild: other}");
    var after = build("mine", "{observedGeneration: 2, run: 6, observedRebuild: mine}");

    assertThat(started.status(before)).isEmpty();
    assertThat(started.status(after)).isPresent();
  }

  @Test
  void numberOfTheRunIsKnownBeforeTheOperatorHasNoticedIt() {
    assertThat(started.run(build("mine", "null"))).isEqualTo(2);
    assertThat(
            started.run(build("mine", "{observedGeneration: 1, run: 5, observedRebuild: other}")))
        .isEqualTo(6);
    assertThat(started.run(build("mine", "{observedGeneration: 2, run: 6, observedRebuild: mine}")))
        .isEqualTo(6);
  }

  @Test
  void anotherTriggerReplacesTheRun() {
    assertThat(started.isReplacedIn(build("mine", "null"))).isFalse();
    assertThat(started.isReplacedIn(build("other", "null"))).isTrue();
  }
}
