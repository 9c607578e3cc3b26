package dev.stagewright.controller;

import static dev.stagewright.controller.support.PublishLog.PREFIX_IMAGE;
import static dev.stagewright.controller.support.PublishLog.builderAndTarget;
import static dev.stagewright.controller.support.PublishLog.inImage;
import static dev.stagewright.controller.support.PublishLog.known;
import static dev.stagewright.controller.support.PublishLog.prepared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.PublishLog;
import dev.stagewright.controller.support.Walk;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A stage starts from an image with the files of its known steps. */
class PrefixImageTest {
  private static final String SOURCE =
      """
      source: {inline: {dockerfile: FROM x}}
      output: {image: registry.example.com/team/hello:1, credentials: {name: push}}
      """;

  private static final String FIRST = "hello-1-s0";
  private static final String SECOND = "hello-1-s0-2";
  private static final String LABEL = "stagewright.dev/prefix-image";

  private final Walk walk = prepared(Builds.hello(SOURCE), builderAndTarget());
  private final PublishLog log = new PublishLog(walk);

  private static Pod pod(Walk walk, String name) {
    return walk.cluster().requirePod(name);
  }

  private static Container container(Walk walk, String name) {
    return pod(walk, name).getSpec().getContainers().getFirst();
  }

  private static List<String> imageVolumes(Walk walk, String name) {
    return pod(walk, name).getSpec().getVolumes().stream()
        .filter(volume -> volume.getImage() != null)
        .map(volume -> volume.getImage().getReference())
        .toList();
  }

  private static List<String> pullSecrets(Walk walk, String name) {
    return pod(walk, name).getSpec().getImagePullSecrets().stream()
        .map(LocalObjectReference::getName)
        .toList();
  }

  @Test
  void firstPodRunsTheImage() {
    log.print(inImage("s0", 2));

    assertThat(container(walk, FIRST).getImage()).isEqualTo(PREFIX_IMAGE.toString());
    assertThat(imageVolumes(walk, FIRST)).contains(PREFIX_IMAGE.toString());
    assertThat(container(walk, FIRST).getCommand()).containsSequence("--image-layers", "2");
    assertThat(pod(walk, FIRST).getMetadata().getLabels()).containsEntry(LABEL, "true");
  }

  @Test
  void onlyTheKubeletGetsTheCredentials() {
    log.print(inImage("s0", 2));

    assertThat(pullSecrets(walk, FIRST)).contains("push");
    assertThat(pod(walk, FIRST).getSpec().getVolumes())
        .allMatch(volume -> volume.getSecret() == null && volume.getProjected() == null);
    assertThat(container(walk, FIRST).getEnv())
        .allMatch(variable -> Objects.isNull(variable.getValueFrom()));
  }

  @Test
  void podWithoutTheImageDoesNotGetItsPullSecret() {
    log.print(known("s0", 2));

    assertThat(pullSecrets(walk, FIRST)).doesNotContain("push");
    assertThat(container(walk, FIRST).getCommand()).doesNotContain("--image-layers");
    assertThat(pod(walk, FIRST).getMetadata().getLabels()).doesNotContainKey(LABEL);
  }

  @Test
  void stageInPlaceRunsItsBaseImage() {
    var inPlace = prepared(Builds.hello(SOURCE + "sandbox: inPlace"), builderAndTarget());
    new PublishLog(inPlace).print(inImage("s0", 2));

    assertThat(container(inPlace, FIRST).getImage()).isNotEqualTo(PREFIX_IMAGE.toString());
    assertThat(container(inPlace, FIRST).getCommand()).doesNotContain("--image-layers");
  }

  @Test
  void imageThatCannotBePulledIsReplacedByTheBaseImage() {
    log.print(inImage("s0", 2));
    walk.schedule(FIRST).setWaiting(FIRST, "ErrImagePull", "not found").reconcile();

    assertThat(walk.cluster().names()).contains(SECOND).doesNotContain(FIRST);
    assertThat(container(walk, SECOND).getImage()).isNotEqualTo(PREFIX_IMAGE.toString());
    assertThat(imageVolumes(walk, SECOND)).doesNotContain(PREFIX_IMAGE.toString());
    assertThat(container(walk, SECOND).getCommand()).doesNotContain("--image-layers");
    walk.start(SECOND).reconcile().assertSettled();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @Test
  void fallbackIsNoRetry() {
    var once = prepared(Builds.hello(SOURCE + "retries: 0"), builderAndTarget());
    new PublishLog(once).print(inImage("s0", 2));
    once.schedule(FIRST).setWaiting(FIRST, "ImagePullBackOff", "not found").reconcile();

    assertThat(once.cluster().names()).contains(SECOND);
    assertThat(once.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @Test
  void replacementOfALostPodRunsTheBaseImage() {
    log.print(inImage("s0", 2));
    walk.start(FIRST).reconcile().evict(FIRST).reconcile();

    assertThat(container(walk, SECOND).getImage()).isNotEqualTo(PREFIX_IMAGE.toString());
  }

  @Test
  void fallbackSurvivesARestartOfTheOperator() {
    log.print(inImage("s0", 2));
    walk.breakLogStreams().schedule(FIRST).setWaiting(FIRST, "ErrImagePull", "not found");
    walk.reconcile();

    assertThat(walk.cluster().names()).contains(SECOND).doesNotContain(FIRST);
  }

  @Test
  void policyThatForbidsTheImageDoesNotFailTheBuild() {
    var strict = prepared(Builds.hello(SOURCE + "sandbox: userNamespace"), builderAndTarget());
    strict.cluster().refuse(FIRST, new Creation.Refused("policy: images of this registry"));
    new PublishLog(strict).print(inImage("s0", 2));
    strict.after(Duration.ofSeconds(4));

    assertThat(strict.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(container(strict, SECOND).getImage()).isNotEqualTo(PREFIX_IMAGE.toString());
  }
}
