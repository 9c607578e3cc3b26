package dev.stagewright.protocol;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The stage graph. The prepare phase creates it from a {@link BuildRequest}; it is the only input
 * of the stages and of the publish phase.
 *
 * @param platform platform of the image
 * @param revision commit of a git source, or of an artifact that was made from git; empty for other
 *     sources
 * @param stages stages that the target needs, each after its own dependencies
 * @param pruned names of stages that the target does not need
 * @param target id of the stage whose root becomes the image
 * @param references all references of the image, each with a tag; that of {@code spec.output.image}
 *     is the first
 * @param image config of the image
 * @param layers how stages write their layers
 * @param findings findings of lint
 * @param cacheLayers which layers are recorded in the cache; empty if nothing is recorded
 * @param source what was fetched, for a source that is an archive or an artifact
 * @param signer who signed the commit or tag of a git source; empty if no signature was verified
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
    List<Finding> findings,
    Optional<CacheLayers> cacheLayers,
    Optional<FetchedSource> source,
    Optional<String> signer) {

  /** Starts a plan of these stages, of which the target becomes the image. */
  public static BuildPlanBuilder builder(Platform platform, List<StagePlan> stages, String target) {
    return new BuildPlanBuilder(platform, stages, target);
  }

  /** Starts a copy of this plan. */
  public BuildPlanBuilder toBuilder() {
    return builder(platform, stages, target)
        .revision(revision)
        .pruned(pruned)
        .references(references)
        .image(image)
        .layers(layers)
        .findings(findings)
        .cacheLayers(cacheLayers)
        .source(source)
        .signer(signer);
  }

  /**
   * The number of first steps of a stage whose layers the stage writes.
   *
   * @see StagePlan#snapshot
   */
  public int layerCount(StagePlan stage) {
    var steps = stage.steps().size();
    if (stage.snapshot()) {
      return steps;
    }
    return cacheLayers.filter(CacheLayers.ALL_BUT_LAST::equals).isPresent()
        ? Math.max(0, steps - 1)
        : 0;
  }

  /**
   * Whether the layers of a stage have {@link StageResult.Layer#details}: another stage, or a later
   * build, continues on them.
   */
  public boolean hasDetails(StagePlan stage) {
    return cacheLayers.isPresent() || isBase(stage.id());
  }

  /**
   * The stage with this id.
   *
   * @throws NoSuchElementException if there is none
   */
  public StagePlan stage(String id) {
    return stages.stream()
        .filter(stage -> stage.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no stage " + id + " in the plan"));
  }

  /** Whether a RUN instruction of a stage mounts a cache. */
  public boolean usesCacheMounts() {
    return stages.stream().anyMatch(StagePlan::usesCacheMounts);
  }

  /** Whether another stage of the plan is built {@code FROM} this stage. */
  public boolean isBase(String id) {
    return stages.stream()
        .anyMatch(
            stage -> stage.base() instanceof StageBase.Stage(var parent) && parent.equals(id));
  }

  /** The stages whose layers are part of the target: the lowest first, the target last. */
  public List<StagePlan> chain() {
    var chain = new ArrayDeque<StagePlan>();
    chain.addFirst(stage(target));
    while (chain.getFirst().base() instanceof StageBase.Stage(var parent)) {
      chain.addFirst(stage(parent));
    }
    return List.copyOf(chain);
  }

  /** The base image of the first stage in the {@link #chain}; empty for scratch. */
  public Optional<StageBase.Image> baseImage() {
    return chain().getFirst().base() instanceof StageBase.Image image
        ? Optional.of(image)
        : Optional.empty();
  }

  /** Which steps of stages that are not part of the image have a layer, for the cache. */
  public enum CacheLayers {
    /** None: only the layers of the image are recorded. */
    NONE,
    /**
     * All but the last of a stage: what remains of the last step are the files that other stages
     * copy, and they are recorded as such.
     */
    ALL_BUT_LAST
  }

  /**
   * The parts of the image config that are known before any stage runs.
   *
   * @param config the OCI image config as JSON, without {@code rootfs}, {@code history} and {@code
   *     created}
   * @param baseHistory the {@code history} array of the base image as JSON; {@code []} for scratch
   */
  public record ImageTemplate(String config, String baseHistory) {
    /** An empty config on scratch. */
    public static final ImageTemplate EMPTY = new ImageTemplate("{}", "[]");
  }

  /**
   * A finding of lint.
   *
   * @param rule name of the rule, for example {@code StageNameCasing}
   * @param message one sentence
   * @param line line in the Dockerfile, counted from 1; 0 for a finding about the source or the
   *     request
   * @param severity how bad it is; empty in a plan of an earlier release
   */
  public record Finding(
      String rule, String message, int line, Optional<ImageChecks.Severity> severity) {
    /** A finding of unknown severity. */
    public Finding(String rule, String message, int line) {
      this(rule, message, line, Optional.empty());
    }
  }
}
