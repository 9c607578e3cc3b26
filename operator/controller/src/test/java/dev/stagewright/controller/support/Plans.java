package dev.stagewright.controller.support;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates build plans. */
public final class Plans {
  private Plans() {}

  /** Two stages: {@code builder}, and the target, which copies from {@code builder}. */
  public static BuildPlan builderAndTarget() {
    return of(stage("s0", "builder", image("golang")), stage("s1", "1", image("alpine"), "s0"));
  }

  /** A plan whose last stage is the target. */
  public static BuildPlan of(StagePlan... stages) {
    return BuildPlan.builder(Platform.LINUX_AMD64, List.of(stages), stages[stages.length - 1].id())
        .revision(Optional.of("0123abc"))
        .references(List.of(ImageReference.parse("registry.example.com/team/hello:1")))
        .findings(
            List.of(new BuildPlan.Finding("StageNameCasing", "stage names are lower case", 1)))
        .build();
  }

  /** A stage that copies from other stages. */
  public static StagePlan stage(String id, String name, StageBase base, String... copiesFrom) {
    var position = new InstructionPosition("Dockerfile", 1, "FROM x");
    var steps =
        Arrays.stream(copiesFrom)
            .map(from -> copy(position, new Step.CopyFrom.Stage(from)))
            .toList();
    return StagePlan.builder(id, name, position).base(base).steps(steps).build();
  }

  /** A stage that copies from the build context. */
  public static StagePlan withContext(StagePlan stage) {
    var steps = List.of(copy(stage.position(), new Step.CopyFrom.Context()));
    return stage.toBuilder().steps(steps).build();
  }

  /** A stage that copies this many times from the build context. */
  public static StagePlan withSteps(StagePlan stage, int count) {
    var step = copy(stage.position(), new Step.CopyFrom.Context());
    return stage.toBuilder().steps(Collections.nCopies(count, step)).build();
  }

  /** A stage whose Pod runs another stage first; each copies once from the build context. */
  public static StagePlan sharingItsPod(StagePlan stage, String id, String name) {
    var step = copy(stage.position(), new Step.CopyFrom.Context());
    return stage.toBuilder()
        .steps(List.of(step, step))
        .shared(List.of(new StagePlan.SharedStage(id, name, stage.position(), 1)))
        .build();
  }

  /** A stage that runs commands with mounts. */
  public static StagePlan withMounts(StagePlan stage, RunMount... mounts) {
    return with(stage, new RunOptions(List.of(mounts), RunOptions.Network.DEFAULT, false));
  }

  /** A stage that runs a privileged command. */
  public static StagePlan privileged(StagePlan stage) {
    return with(stage, new RunOptions(List.of(), RunOptions.Network.DEFAULT, true));
  }

  private static StagePlan with(StagePlan stage, RunOptions options) {
    var run =
        new Step.Run(stage.position(), List.of("make"), List.of(), Map.of(), "/", "", options);
    return stage.toBuilder().steps(List.of(run)).snapshot(true).build();
  }

  private static Step copy(InstructionPosition position, Step.CopyFrom from) {
    return Step.Copy.builder(position, from, "/x").sources(List.of("/x")).build();
  }

  /** A base image whose config sets these variables. */
  public static StageBase.Image image(String name, String... variables) {
    var pinned =
        ImageReference.parse(name).pinned(Digest.of(name.getBytes(StandardCharsets.UTF_8)));
    return new StageBase.Image(name, pinned, pinned, List.of(), Set.of(variables), List.of());
  }
}
