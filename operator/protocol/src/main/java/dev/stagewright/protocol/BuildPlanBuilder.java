package dev.stagewright.protocol;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan.CacheLayers;
import dev.stagewright.protocol.BuildPlan.Finding;
import dev.stagewright.protocol.BuildPlan.ImageTemplate;
import java.util.List;
import java.util.Optional;

/**
 * Builds a {@link BuildPlan}. Without further settings it is the plan of an image with an empty
 * config and default layers, without a cache, findings, and facts about the source.
 */
public final class BuildPlanBuilder {
  private final Platform platform;
  private final String target;
  private List<StagePlan> stages;
  private Optional<String> revision = Optional.empty();
  private List<String> pruned = List.of();
  private List<ImageReference> references = List.of();
  private ImageTemplate image = ImageTemplate.EMPTY;
  private LayerOptions layers = LayerOptions.DEFAULT;
  private List<Finding> findings = List.of();
  private Optional<CacheLayers> cacheLayers = Optional.empty();
  private Optional<FetchedSource> source = Optional.empty();
  private Optional<String> signer = Optional.empty();

  BuildPlanBuilder(Platform platform, List<StagePlan> stages, String target) {
    this.platform = platform;
    this.stages = List.copyOf(stages);
    this.target = target;
  }

  /** Sets {@link BuildPlan#stages}. */
  public BuildPlanBuilder stages(List<StagePlan> value) {
    stages = List.copyOf(value);
    return this;
  }

  /** Sets {@link BuildPlan#revision}. */
  public BuildPlanBuilder revision(Optional<String> value) {
    revision = value;
    return this;
  }

  /** Sets {@link BuildPlan#pruned}. */
  public BuildPlanBuilder pruned(List<String> value) {
    pruned = List.copyOf(value);
    return this;
  }

  /** Sets {@link BuildPlan#references}. */
  public BuildPlanBuilder references(List<ImageReference> value) {
    references = List.copyOf(value);
    return this;
  }

  /** Sets {@link BuildPlan#image}. */
  public BuildPlanBuilder image(ImageTemplate value) {
    image = value;
    return this;
  }

  /** Sets {@link BuildPlan#layers}. */
  public BuildPlanBuilder layers(LayerOptions value) {
    layers = value;
    return this;
  }

  /** Sets {@link BuildPlan#findings}. */
  public BuildPlanBuilder findings(List<Finding> value) {
    findings = List.copyOf(value);
    return this;
  }

  /** Sets {@link BuildPlan#cacheLayers}. */
  public BuildPlanBuilder cacheLayers(Optional<CacheLayers> value) {
    cacheLayers = value;
    return this;
  }

  /** Sets {@link BuildPlan#source}. */
  public BuildPlanBuilder source(Optional<FetchedSource> value) {
    source = value;
    return this;
  }

  /** Sets {@link BuildPlan#signer}. */
  public BuildPlanBuilder signer(Optional<String> value) {
    signer = value;
    return this;
  }

  /** The plan. */
  public BuildPlan build() {
    return new BuildPlan(
        platform,
        revision,
        stages,
        pruned,
        target,
        references,
        image,
        layers,
        findings,
        cacheLayers,
        source,
        signer);
  }
}
