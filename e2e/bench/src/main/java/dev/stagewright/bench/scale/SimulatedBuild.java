package dev.stagewright.bench.scale;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The data of every build of the benchmark: one stage with an image as its base. */
final class SimulatedBuild {
  static final String OPERATOR = "scale";
  private static final String IMAGE = "registry.invalid/scale/image:1";
  private static final String PLAN = Json.write(plan());

  private SimulatedBuild() {}

  static ImageBuild build(String namespace, int number) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: stagewright.dev/v1alpha1
            kind: ImageBuild
            metadata:
              name: build-%04d
              namespace: %s
              labels: {stagewright.dev/operator: %s}
            spec:
              source: {inline: {dockerfile: "FROM busybox\\nRUN true\\n"}}
              output: {image: %s}
              workspace: {storageClassName: scale-none}
              timeout: 12h
            """
                .formatted(number, namespace, OPERATOR, IMAGE),
            ImageBuild.class);
  }

  /** The lines of the log of a container of this task. */
  static List<String> log(String task) {
    var result = LogFrame.format(LogFrame.Kind.RESULT, terminationMessage(task));
    return switch (task) {
      case "prepare" -> List.of(LogFrame.format(LogFrame.Kind.PLAN, PLAN), result);
      case "publish" -> List.of(result);
      default -> List.of("[0 1/1] RUN true");
    };
  }

  /** The termination message of a container of this task. */
  static String terminationMessage(String task) {
    var termination =
        switch (task) {
          case "prepare" ->
              new Termination.Prepared(Digest.of(PLAN.getBytes(StandardCharsets.UTF_8)));
          case "publish" -> new Termination.Pushed(Digest.of(new byte[0]), 1000, 1, 1000);
          default -> new Termination.Staged(task, 1, 1000, 0, SandboxKind.IN_PLACE, 90);
        };
    return Json.write(termination);
  }

  private static BuildPlan plan() {
    var busybox = ImageReference.parse("registry.invalid/busybox:1").pinned(Digest.of(new byte[1]));
    var base = new StageBase.Image("busybox", busybox, busybox, List.of(), Set.of(), List.of());
    var stage =
        StagePlan.builder("s0", "0", new InstructionPosition("Dockerfile", 1, "FROM busybox"))
            .base(base)
            .snapshot(true)
            .build();
    return BuildPlan.builder(Platform.LINUX_AMD64, List.of(stage), "s0")
        .references(List.of(ImageReference.parse(IMAGE)))
        .build();
  }
}
