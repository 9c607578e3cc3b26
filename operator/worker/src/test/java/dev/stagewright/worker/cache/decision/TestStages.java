package dev.stagewright.worker.cache.decision;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlanBuilder;
import dev.stagewright.protocol.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stages and plans for tests. */
final class TestStages {
  private TestStages() {}

  /** A stage whose layers are needed. */
  static StagePlanBuilder stage(String id, StageBase base, Step... steps) {
    return StagePlan.builder(id, id, position("FROM " + base))
        .base(base)
        .steps(List.of(steps))
        .snapshot(true);
  }

  /** A stage that others only copy from. */
  static StagePlan copiedFrom(String id, StageBase base, Step... steps) {
    return stage(id, base, steps).snapshot(false).exports(List.of("/out")).build();
  }

  static StageBase image(String name) {
    var reference = ImageReference.parse("registry.example.com/" + name + ":1");
    var digest = Digest.of(name.getBytes(StandardCharsets.UTF_8));
    var layer = new StageBase.BaseLayer(new Descriptor(MediaTypes.LAYER_GZIP, digest, 1), digest);
    return new StageBase.Image(
        name, reference.pinned(digest), reference, List.of(layer), Set.of(), List.of());
  }

  static StageBase onStage(StagePlan stage) {
    return new StageBase.Stage(stage.id());
  }

  static Step run(String command) {
    return new Step.Run(position("RUN " + command), List.of(command), List.of(), Map.of(), "/", "");
  }

  /** COPY of a file of the build context. */
  static Step copy(String file) {
    return Step.Copy.builder(position("COPY " + file), new Step.CopyFrom.Context(), "/")
        .sources(List.of(file))
        .build();
  }

  /** COPY --from of what {@link #copiedFrom} exports. */
  static Step copyFrom(StagePlan stage) {
    return Step.Copy.builder(
            position("COPY --from=" + stage.id()), new Step.CopyFrom.Stage(stage.id()), "/")
        .sources(List.of("/out"))
        .build();
  }

  private static InstructionPosition position(String instruction) {
    return new InstructionPosition("Dockerfile", 1, instruction);
  }

  /** A plan of these stages, the last of which is the target; every step is recorded. */
  static BuildPlan plan(StagePlan... stages) {
    return BuildPlan.builder(Platform.LINUX_AMD64, List.of(stages), List.of(stages).getLast().id())
        .references(List.of(ImageReference.parse("registry.example.com/team/app:1")))
        .image(new BuildPlan.ImageTemplate("{\"architecture\":\"amd64\",\"os\":\"linux\"}", "[]"))
        .cacheLayers(Optional.of(BuildPlan.CacheLayers.ALL_BUT_LAST))
        .build();
  }
}
