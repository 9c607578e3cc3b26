package dev.stagewright.protocol;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The stage graph: what prepare makes of a {@link BuildRequest}, and all that stages and push need
 * to know.
 *
 * @param platform what is built
 * @param revision the commit (git) that was built; empty for other sources
 * @param stages those the target needs, each after the stages that it needs
 * @param pruned names of stages that the target does not need
 * @param target id of the stage whose root becomes the image
 * @param references all names that the image gets, each with its tag, that of {@code
 *     spec.output.image} first
 * @param image the config of the image
 * @param layers how stages write their layers
 * @param findings what lint has to say
 */
public record BuildPlan(
    Platform platform,
    Optional<String> revision,
    List<StagePlan> stages,
    List<String> pruned,
    String target,
    List<ImageReference> references,
    ImageTemplate image,
    LayerOptions layers,
    List<Finding> findings) {

  /** The same with other findings. */
  public BuildPlan withFindings(List<Finding> others) {
    return new BuildPlan(
        platform, revision, stages, pruned, target, references, image, layers, List.copyOf(others));
  }

  /**
   * The stage of this id.
   *
   * @throws NoSuchElementException if there is none
   */
  public StagePlan stage(String id) {
    return stages.stream()
        .filter(stage -> stage.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no stage " + id + " in the plan"));
  }

  /** Whether another stage of the plan is {@code FROM} this one. */
  public boolean isBase(String id) {
    return stages.stream()
        .anyMatch(
            stage -> stage.base() instanceof StageBase.Stage(var parent) && parent.equals(id));
  }

  /** The same with other forms of its stages. */
  public BuildPlan withStages(List<StagePlan> others) {
    return new BuildPlan(
        platform,
        revision,
        List.copyOf(others),
        pruned,
        target,
        references,
        image,
        layers,
        findings);
  }

  /** The stages whose layers the target has, the lowest first, the target last. */
  public List<StagePlan> chain() {
    var chain = new ArrayDeque<StagePlan>();
    chain.addFirst(stage(target));
    while (chain.getFirst().base() instanceof StageBase.Stage(var parent)) {
      chain.addFirst(stage(parent));
    }
    return List.copyOf(chain);
  }

  /** The image that the target's chain of stages begins with; empty for scratch. */
  public Optional<StageBase.Image> baseImage() {
    return chain().getFirst().base() instanceof StageBase.Image image
        ? Optional.of(image)
        : Optional.empty();
  }

  /**
   * The parts of the image config that are known before anything runs.
   *
   * @param config the OCI image config as JSON, without {@code rootfs}, {@code history} and {@code
   *     created}
   * @param baseHistory the {@code history} array of the base image as JSON; {@code []} for scratch
   */
  public record ImageTemplate(String config, String baseHistory) {}

  /**
   * Something that lint found.
   *
   * @param rule its name, for example {@code StageNameCasing}
   * @param message one sentence
   * @param line in the Dockerfile, counted from 1; 0 for a finding about the source or the request
   */
  public record Finding(String rule, String message, int line) {}
}
