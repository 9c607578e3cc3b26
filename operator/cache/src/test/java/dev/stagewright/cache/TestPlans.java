package dev.stagewright.cache;

import dev.stagewright.cache.key.BaseKey;
import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Small plans, and their keys. */
public final class TestPlans {
  /** Files that all steps read. */
  public static final InputFiles FILES = files(selected("files"));

  private TestPlans() {}

  public static Digest digest(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8));
  }

  public static SelectedFiles selected(String content) {
    return new SelectedFiles(digest(content));
  }

  /** Files without a list of their names, by what reads them. */
  public static InputFiles files(SelectedFiles all) {
    return new InputFiles() {
      @Override
      public Optional<SelectedFiles> of(Step.Copy step) {
        return Optional.of(all);
      }

      @Override
      public Optional<SelectedFiles> of(RunMount.Bind mount) {
        return Optional.of(all);
      }
    };
  }

  /** Files of the context, while those of stages are not known. */
  public static InputFiles onlyContext() {
    return new InputFiles() {
      @Override
      public Optional<SelectedFiles> of(Step.Copy step) {
        return known(step.from());
      }

      @Override
      public Optional<SelectedFiles> of(RunMount.Bind mount) {
        return known(mount.from());
      }

      private static Optional<SelectedFiles> known(Step.CopyFrom from) {
        return from instanceof Step.CopyFrom.Context
            ? Optional.of(selected("context"))
            : Optional.empty();
      }
    };
  }

  public static StageBase.Image image(String reference) {
    return new StageBase.Image(
        reference,
        ImageReference.parse(reference).pinned(digest("image")),
        ImageReference.parse(reference),
        List.of(),
        Set.of("PATH"),
        List.of());
  }

  public static StagePlan stage(String id, StageBase base, Step... steps) {
    return StagePlan.builder(id, id, at("FROM " + id))
        .base(base)
        .steps(List.of(steps))
        .exports(List.of())
        .history(List.of())
        .build();
  }

  public static BuildPlan plan(StagePlan... stages) {
    return plan(LayerOptions.DEFAULT, Platform.LINUX_AMD64, stages);
  }

  public static BuildPlan plan(LayerOptions layers, Platform platform, StagePlan... stages) {
    return BuildPlan.builder(platform, List.of(stages), stages[stages.length - 1].id())
        .layers(layers)
        .build();
  }

  /** The key of the base of a stage, whose parents know all files. */
  public static CacheKey base(BuildPlan plan, StageBase base) {
    return BaseKey.of(
            plan, base, parent -> Optional.of(keys(plan, plan.stage(parent), FILES).last()))
        .orElseThrow();
  }

  public static StageKeys keys(BuildPlan plan, StagePlan stage, InputFiles files) {
    return StageKeys.of(plan, stage, base(plan, stage.base()), files);
  }

  /** The key of a step that is the only one of a stage. */
  public static CacheKey key(Step step) {
    return key(step, FILES);
  }

  public static CacheKey key(Step step, InputFiles files) {
    var stage = stage("s0", new StageBase.Scratch(), step);
    return keys(plan(stage), stage, files).last();
  }

  public static InstructionPosition at(String instruction) {
    return new InstructionPosition("Dockerfile", 1, instruction);
  }

  public static Step.Run run(String command) {
    return run(command, Map.of());
  }

  public static Step.Run run(String command, Map<String, String> environment) {
    return new Step.Run(
        at("RUN " + command), List.of("/bin/sh", "-c", command), List.of(), environment, "/", "");
  }

  public static Step.Run run(RunOptions options) {
    return new Step.Run(
        at("RUN make"), List.of("make"), List.of(), Map.of("HTTP_PROXY", "x"), "/", "", options);
  }

  public static Step.Run run(RunMount... mounts) {
    return run(new RunOptions(List.of(mounts), RunOptions.Network.DEFAULT, false));
  }

  /** COPY of the build context to {@code /}. */
  public static Step.Copy copy(String... sources) {
    return Step.Copy.builder(
            at("COPY " + String.join(" ", sources) + " /"), new Step.CopyFrom.Context(), "/")
        .sources(List.of(sources))
        .build();
  }

  public static Step.Copy copyFrom(String stage, String source) {
    return Step.Copy.builder(
            at("COPY --from=" + stage + " " + source + " /"), new Step.CopyFrom.Stage(stage), "/")
        .sources(List.of(source))
        .build();
  }
}
