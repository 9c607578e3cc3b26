package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.RuntimeCommand;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StagePodTest {
  private static final BuildPlan PLAN = Plans.builderAndTarget();

  @Test
  void runsTheRuntimeInTheBaseImage() {
    var main = main(pod(PLAN, "s0", true));

    assertThat(main.getImage()).startsWith("docker.io/library/golang@sha256:");
    assertThat(main.getImagePullPolicy()).isEqualTo("IfNotPresent");
    assertThat(main.getCommand()).isEqualTo(RuntimeCommand.stage("s0", "--sandbox", "inPlace"));
    assertThat(main.getWorkingDir()).isEqualTo("/");
  }

  @Test
  void runsAsRootWithDefaultCapabilities() {
    var pod = pod(PLAN, "s0", true);

    var context = main(pod).getSecurityContext();
    assertThat(context.getRunAsUser()).isZero();
    assertThat(context.getRunAsGroup()).isZero();
    assertThat(context.getCapabilities()).isNull();
    assertThat(context.getPrivileged()).isNull();
    assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(pod.getSpec().getVolumes()).allSatisfy(it -> assertThat(it.getSecret()).isNull());
  }

  @Test
  void spreadsOverNodesIfPossible() {
    var pod = pod(PLAN, "s0", true);

    assertThat(pod.getSpec().getTopologySpreadConstraints())
        .singleElement()
        .satisfies(constraint -> {
          assertThat(constraint.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
          assertThat(constraint.getWhenUnsatisfiable()).isEqualTo("ScheduleAnyway");
          assertThat(pod.getMetadata().getLabels())
              .containsAllEntriesOf(constraint.getLabelSelector().getMatchLabels());
        });
  }

  @Test
  void mountsItsDirectoryAndReadOnlyThoseItCopiesFrom() {
    assertThat(main(pod(PLAN, "s1", true)).getVolumeMounts())
        .extracting(StagePodTest::mount)
        .containsExactly(
            "plan -> /dev/stagewright/inner/private/plan ro",
            "workspace stages/s1 -> /dev/stagewright/inner/private/own",
            "workspace stages/s0 -> /dev/stagewright/inner/private/stages/s0 ro",
            "scratch -> /dev/stagewright/scratch",
            "scratch inner -> /dev/stagewright/inner",
            "runtime -> /dev/stagewright/runtime ro",
            "base -> /dev/stagewright/inner/private/base ro");
  }

  @Test
  void mountsTheContextOnlyIfItCopiesFromIt() {
    var plan = Plans.of(Plans.withContext(Plans.stage("s0", "0", Plans.image("x"))));

    assertThat(main(pod(plan, "s0", true)).getVolumeMounts())
        .extracting(StagePodTest::mount)
        .contains("workspace context -> /dev/stagewright/inner/private/context ro");
    assertThat(main(pod(PLAN, "s0", true)).getVolumeMounts())
        .extracting(VolumeMount::getSubPath)
        .doesNotContain("context");
  }

  @Test
  void derivedStageRunsTheRootImageAndReadsItsAncestors() {
    var plan =
        Plans.of(
            Plans.stage("s0", "a", Plans.image("debian")),
            Plans.stage("s1", "b", new StageBase.Stage("s0")),
            Plans.stage("s2", "c", new StageBase.Stage("s1")));
    var main = main(pod(plan, "s2", true));

    assertThat(main.getImage()).startsWith("docker.io/library/debian@");
    assertThat(main.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains(
            "/dev/stagewright/inner/private/stages/s0", "/dev/stagewright/inner/private/stages/s1");
  }

  @Test
  void scratchRunsTheOperatorImage() {
    var plan = Plans.of(Plans.stage("s0", "0", new StageBase.Scratch()));
    var pod = pod(plan, "s0", true);

    assertThat(main(pod).getImage()).isEqualTo(Builds.IMAGE);
    assertThat(main(pod).getVolumeMounts())
        .extracting(StagePodTest::mount)
        .contains("runtime -> /dev/stagewright/runtime ro")
        .noneMatch(mount -> mount.startsWith("base "));
  }

  @Test
  void runtimeIsAnImageVolume() {
    var pod = pod(PLAN, "s0", true);

    assertThat(pod.getSpec().getInitContainers()).isEmpty();
    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("runtime"))
        .singleElement()
        .satisfies(volume -> assertThat(volume.getImage().getReference()).isEqualTo(Builds.IMAGE));
  }

  @Test
  void initContainerCopiesTheRuntimeWithoutImageVolumes() {
    var pod = pod(PLAN, "s0", false);

    assertThat(pod.getSpec().getInitContainers())
        .singleElement()
        .satisfies(copier -> {
          assertThat(copier.getImage()).isEqualTo(Builds.IMAGE);
          assertThat(copier.getVolumeMounts())
              .extracting(VolumeMount::getMountPath)
              .containsExactly("/runtime");
          assertThat(copier.getCommand()).isEqualTo(RuntimeCommand.copyRuntime("/runtime"));
        });
    assertThat(main(pod).getVolumeMounts())
        .extracting(StagePodTest::mount)
        .contains("runtime -> /dev/stagewright/runtime ro");
  }

  @Test
  void loaderVariablesOfTheBaseImageAreCleared() {
    var plan =
        Plans.of(Plans.stage("s0", "0", Plans.image("x", "PATH", "LD_PRELOAD", "_JAVA_OPTIONS")));

    assertThat(main(pod(plan, "s0", true)).getEnv())
        .containsExactlyInAnyOrder(
            new EnvVar("LC_ALL", "C.UTF-8", null),
            new EnvVar("LOCPATH", "/dev/stagewright/runtime/.stagewright/lib/locale", null),
            new EnvVar("LD_PRELOAD", "", null),
            new EnvVar("_JAVA_OPTIONS", "", null));
  }

  @Test
  void hasTheLabelsOfTheRun() {
    var metadata = pod(PLAN, "s0", true).getMetadata();

    assertThat(metadata.getName()).isEqualTo("hello-1-s0");
    assertThat(metadata.getLabels())
        .containsEntry("stagewright.dev/build-uid", "uid-of-build")
        .containsEntry("stagewright.dev/run", "1")
        .containsEntry("stagewright.dev/part", "s0")
        .containsEntry("stagewright.dev/stage", "s0")
        .containsEntry("stagewright.dev/attempt", "1")
        .containsEntry("app.kubernetes.io/managed-by", "stagewright");
    assertThat(metadata.getOwnerReferences())
        .singleElement()
        .satisfies(owner -> {
          assertThat(owner.getUid()).isEqualTo("uid-of-build");
          assertThat(owner.getController()).isTrue();
          assertThat(owner.getBlockOwnerDeletion()).isFalse();
        });
  }

  @Test
  void isBoundToTheNodeOfTheWorkspace() {
    var build = Builds.hello();
    var context =
        new PodContext(
            BuildRun.of(RunInputs.of(build), Instant.EPOCH),
            build.getSpec(),
            Builds.IMAGE,
            SandboxKind.IN_PLACE,
            true,
            Optional.of("node-1"));
    var pod = new StagePod(context, PLAN, PLAN.stage("s0")).pod(1, StagePod.Limits.NONE);

    var term =
        pod.getSpec()
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms()
            .getFirst();
    assertThat(term.getMatchFields().getFirst().getValues()).containsExactly("node-1");
    assertThat(pod.getSpec().getNodeName()).isNull();
  }

  @Test
  void allMountsAreBelowTheReservedDirectory() {
    assertThat(main(pod(PLAN, "s1", true)).getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .allMatch(path -> path.startsWith("/dev/stagewright/"));
  }

  private static Pod pod(BuildPlan plan, String stage, boolean imageVolumes) {
    var build = Builds.hello();
    var context =
        new PodContext(
            BuildRun.of(RunInputs.of(build), Instant.EPOCH),
            build.getSpec(),
            Builds.IMAGE,
            SandboxKind.IN_PLACE,
            imageVolumes,
            Optional.empty());
    return new StagePod(context, plan, plan.stage(stage)).pod(1, StagePod.Limits.NONE);
  }

  private static Container main(Pod pod) {
    return pod.getSpec().getContainers().getFirst();
  }

  private static String mount(VolumeMount mount) {
    var subPath = mount.getSubPath() == null ? "" : " " + mount.getSubPath();
    var mode = Boolean.TRUE.equals(mount.getReadOnly()) ? " ro" : "";
    return mount.getName() + subPath + " -> " + mount.getMountPath() + mode;
  }
}
