package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.images.ImageInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the plan of a build.
 *
 * @param evaluation what the Dockerfile means for the target
 * @param images every image that it names, by name as the Dockerfile has it
 * @param places gives positions
 * @param request platform, output, and what instructions may ask for
 */
public record PlanBuilder(
    Evaluation evaluation,
    Function<String, ImageInfo> images,
    Positions places,
    BuildRequest request) {
  private static final String CACHE_NAMESPACE = "BUILDKIT_CACHE_MOUNT_NS";

  /**
   * The plan.
   *
   * @param revision of the source
   * @param references all names that the image gets
   * @param findings of lint
   * @throws BuildFailedException if stages cannot do what an instruction asks for
   */
  public BuildPlan plan(
      Optional<String> revision,
      List<ImageReference> references,
      List<BuildPlan.Finding> findings) {
    requests().check(evaluation);
    var target = evaluation.targetStage();
    var bases = new BaseResolver(evaluation, images, request.platform());
    return new BuildPlan(
        request.platform(),
        revision,
        podsOf(stages(bases), target.id()),
        evaluation.pruned().stream().map(Stage::label).toList(),
        target.id(),
        references,
        ConfigTemplate.template(
            bases.rootConfig(target), target.settings(), request.output().labels()),
        request.output().layers(),
        findings);
  }

  /** What ADD takes from elsewhere, each once, in the order of the Dockerfile. */
  public List<RemoteSource> additions() {
    var first = new LinkedHashMap<AddSource, RemoteSource>();
    for (var stage : evaluation.stages()) {
      for (var instruction : stage.instructions()) {
        if (instruction instanceof EvaluatedInstruction.Copy copy) {
          copy.sources().stream()
              .filter(source -> !(source instanceof AddSource.Local))
              .forEach(source ->
                  first.computeIfAbsent(
                      source,
                      _ ->
                          new RemoteSource(
                              "r" + first.size(), source, stage.name(), places.of(copy))));
        }
      }
    }
    return List.copyOf(first.values());
  }

  private List<StagePlan> podsOf(List<StagePlan> stages, String target) {
    return request.sharedPods() ? new PodSharing(target, requests()).share(stages) : stages;
  }

  private List<StagePlan> stages(BaseResolver bases) {
    var imageStages = CopyFromImages.of(evaluation.stages());
    var exports = new ExportedPaths(evaluation.stages());
    var additions = new RemoteSources(additions());
    var plans = new ArrayList<StagePlan>();
    for (var stage : evaluation.stages()) {
      checkPlatform(stage);
      imageStages
          .firstUsedBy(stage)
          .forEach(name -> plans.add(imageStage(name, stage, imageStages, exports)));
      plans.add(stage(stage, bases, imageStages, exports, additions));
    }
    return List.copyOf(plans);
  }

  private void checkPlatform(EvaluatedStage stage) {
    var asked = stage.platform();
    var platform = request.platform();
    if (!asked.os().equals(platform.os())
        || !asked.architecture().equals(platform.architecture())) {
      throw new BuildFailedException(
          Failure.at(
              FailureReason.Unsupported,
              "FROM --platform="
                  + asked
                  + " is not supported by Stagewright: every stage runs on the platform of the"
                  + " build, "
                  + platform,
              stage.name(),
              places.of(stage.stage().from())));
    }
  }

  private StagePlan stage(
      EvaluatedStage stage,
      BaseResolver bases,
      CopyFromImages imageStages,
      ExportedPaths exports,
      RemoteSources additions) {
    var body = PlannedInstructions.of(stage, steps(stage, imageStages, additions));
    return StagePlan.builder(stage.id(), stage.name(), places.of(stage.stage().from()))
        .base(bases.of(stage))
        .steps(body.steps())
        .exports(exports.of(new FileSource.Stage(stage.index())))
        .snapshot(stage.index() == evaluation.target() || bases.isBase(stage))
        .history(body.history())
        .build();
  }

  private StepPlanner steps(
      EvaluatedStage stage, CopyFromImages imageStages, RemoteSources additions) {
    var failures = new StageFailures(stage.name(), places);
    var origins = new CopyFromResolver(imageStages::id, failures);
    var mounts =
        new MountPlanner(
            requests().provisions(stage, request.provisions()),
            request.buildArgs().getOrDefault(CACHE_NAMESPACE, ""),
            origins,
            failures);
    var runs = new RunPlanner(request.provisions().insecure(), mounts, places, failures);
    return new StepPlanner(runs, origins, additions, places, failures);
  }

  private StageSettings requests() {
    return new StageSettings(request.stages());
  }

  private StagePlan imageStage(
      String name, EvaluatedStage user, CopyFromImages imageStages, ExportedPaths exports) {
    var source = new FileSource.Image(name);
    var first =
        user.needs().stream()
            .filter(need -> need.source().equals(source))
            .findFirst()
            .orElseThrow();
    return StagePlan.builder(
            imageStages.id(name), name, places.of(user.instructions().get(first.instruction())))
        .base(images.apply(name).base())
        .exports(exports.of(source))
        .build();
  }
}
