package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.eval.HistoryLine;
import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import dev.stagewright.protocol.Step;
import dev.stagewright.worker.images.ImageInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Builds the plan of a build from an evaluated Dockerfile and resolved images. */
public final class PlanBuilder {
  private static final String CACHE_NAMESPACE = "BUILDKIT_CACHE_MOUNT_NS";
  private static final int NO_LAYER = -1;

  private final Evaluation evaluation;
  private final Function<String, ImageInfo> images;
  private final String dockerfile;
  private final BuildRequest request;
  private final StageSettings settings;
  private final BaseResolver bases;
  private final FileSources sources;

  /**
   * A builder for one build.
   *
   * @param evaluation the evaluated Dockerfile
   * @param images the images that the Dockerfile names, by name
   * @param dockerfile path of the Dockerfile inside the source
   * @param request platform, output, and the secrets that instructions may use
   */
  public PlanBuilder(
      Evaluation evaluation,
      Function<String, ImageInfo> images,
      String dockerfile,
      BuildRequest request) {
    this.evaluation = evaluation;
    this.images = images;
    this.dockerfile = dockerfile;
    this.request = request;
    this.settings = new StageSettings(request.stages());
    this.bases = new BaseResolver(evaluation, images, request.platform());
    this.sources = new FileSources(evaluation, dockerfile);
  }

  /**
   * Builds the plan.
   *
   * @param revision commit of the source
   * @param references names of the image
   * @param findings of lint
   * @throws BuildFailedException if an instruction is not supported, or an entry of spec.stages is
   *     invalid
   */
  public BuildPlan plan(
      Optional<String> revision,
      List<ImageReference> references,
      List<BuildPlan.Finding> findings) {
    settings.check(evaluation);
    var target = evaluation.targetStage();
    return BuildPlan.builder(
            request.platform(),
            request.sharedPods() ? placed(stages(), target.id()) : stages(),
            target.id())
        .revision(revision)
        .pruned(evaluation.pruned().stream().map(Stage::label).toList())
        .references(references)
        .image(
            ConfigTemplate.template(
                bases.rootConfig(target), target.settings(), request.output().labels()))
        .layers(request.output().layers())
        .findings(findings)
        .cacheLayers(request.cache().flatMap(CacheRequest::layers))
        .build();
  }

  /** Distributes the stages over Pods and the worker. */
  private List<StagePlan> placed(List<StagePlan> stages, String target) {
    var terms = settings.terms(evaluation);
    var shared = new PodSharing(target, terms).share(stages);
    return request
        .workerBaseBytes()
        .map(largest -> new StageLocations(largest, terms).of(shared))
        .orElse(shared);
  }

  /** The URLs and Git repositories that ADD reads, each once, in the order of the Dockerfile. */
  public List<RemoteSource> remoteSources() {
    return sources.remotes();
  }

  private List<StagePlan> stages() {
    var plans = new ArrayList<StagePlan>();
    for (var stage : evaluation.stages()) {
      var locator = new InstructionLocator(dockerfile, stage);
      checkPlatform(stage, locator);
      sources.imagesFirstReadBy(stage).forEach(image -> plans.add(imageStage(image)));
      plans.add(stage(stage, locator));
    }
    return List.copyOf(plans);
  }

  private void checkPlatform(EvaluatedStage stage, InstructionLocator locator) {
    var requested = stage.platform();
    var platform = request.platform();
    if (!requested.os().equals(platform.os())
        || !requested.architecture().equals(platform.architecture())) {
      throw new BuildFailedException(
          Failure.at(
              FailureReason.Unsupported,
              "FROM --platform="
                  + requested
                  + " is not supported by Stagewright: every stage runs on the platform of the"
                  + " build, "
                  + platform,
              stage.name(),
              locator.from()));
    }
  }

  private StagePlan stage(EvaluatedStage stage, InstructionLocator locator) {
    var planner = stepPlanner(stage, locator);
    var steps = new ArrayList<Step>();
    var stepOfInstruction = new HashMap<Integer, Integer>();
    for (var i = 0; i < stage.instructions().size(); i++) {
      var step = planner.plan(stage.instructions().get(i));
      if (step.isPresent()) {
        stepOfInstruction.put(i, steps.size());
        steps.add(step.get());
      }
    }
    return StagePlan.builder(stage.id(), stage.name(), locator.from())
        .base(bases.of(stage))
        .steps(List.copyOf(steps))
        .exports(sources.exports(new FileSource.Stage(stage.index())))
        .snapshot(stage.index() == evaluation.target() || bases.isBase(stage))
        .history(
            stage.history().stream()
                .map(line -> historyEntry(line, stage, stepOfInstruction))
                .toList())
        .build();
  }

  private static HistoryEntry historyEntry(
      HistoryLine line, EvaluatedStage stage, Map<Integer, Integer> stepOfInstruction) {
    return new HistoryEntry(
        line.createdBy(),
        line.emptyLayer() ? NO_LAYER : stepOfInstruction.getOrDefault(line.instruction(), NO_LAYER),
        stage.instructions().get(line.instruction()).position().line());
  }

  private StepPlanner stepPlanner(EvaluatedStage stage, InstructionLocator locator) {
    var mounts =
        new MountPlanner(
            settings.allowedSecrets(stage, request.provisions()),
            request.buildArgs().getOrDefault(CACHE_NAMESPACE, ""),
            sources,
            locator);
    return new StepPlanner(request.provisions().insecure(), sources, mounts, locator);
  }

  private StagePlan imageStage(RequiredImage image) {
    return StagePlan.builder(
            sources.imageStageId(image.name()),
            image.name(),
            new InstructionPosition(dockerfile, image.position().line(), image.instruction()))
        .base(images.apply(image.name()).base())
        .exports(sources.exports(new FileSource.Image(image.name())))
        .build();
  }
}
