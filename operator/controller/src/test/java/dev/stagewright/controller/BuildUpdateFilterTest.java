package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.support.Builds;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BuildUpdateFilterTest {
  private static boolean isReconciled(Consumer<ImageBuild> change) {
    var changed = Builds.hello();
    change.accept(changed);
    return new BuildUpdateFilter().accept(changed, Builds.hello());
  }

  @Test
  void annotationsThatTriggerOrCancelRunsAreReconciled() {
    assertThat(
            isReconciled(build ->
                build.getMetadata().getAnnotations().put(ImageBuild.REBUILD_ANNOTATION, "1")))
        .isTrue();
    assertThat(
            isReconciled(build ->
                build.getMetadata().getAnnotations().put(ImageBuild.CANCEL_ANNOTATION, "1")))
        .isTrue();
  }

  @Test
  void anotherSpecAndTheDeletionAreReconciled() {
    assertThat(isReconciled(build -> build.getMetadata().setGeneration(2L))).isTrue();
    assertThat(isReconciled(build -> build.getMetadata().setDeletionTimestamp("now"))).isTrue();
  }

  @Test
  void statusIsNotReconciled() {
    assertThat(
            isReconciled(
                build -> build.setStatus(ImageBuildStatus.builder(1, BuildPhase.Building).build())))
        .isFalse();
    assertThat(isReconciled(build -> build.getMetadata().setResourceVersion("7"))).isFalse();
  }
}
