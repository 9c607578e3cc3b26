package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings the layers and files of known steps to where they are required, before anybody relies on
 * them: a registry may have removed them since the record was made.
 *
 * @param plan plan of the build
 * @param blobs fetches to the workspace
 * @param image brings layers into the repositories of the image
 */
record SecuredBytes(BuildPlan plan, CachedBlobs blobs, ImageRepositories image) {

  /**
   * Looks for the image, if no stage runs: all its layers are secured if it exists. Otherwise,
   * starts to push those of its base.
   */
  void findImage(Map<String, Decision> decisions, StageKeyFinder keys)
      throws IOException, InterruptedException {
    var isComplete = decisions.values().stream().allMatch(Decision.Complete.class::isInstance);
    var last = isComplete ? lastKey(decisions, keys) : Optional.<CacheKey>empty();
    if (last.isEmpty() || !image.find(last.get(), layers(decisions))) {
      image.startBase();
    }
  }

  private Optional<CacheKey> lastKey(Map<String, Decision> decisions, StageKeyFinder keys) {
    var target = plan.stage(plan.target());
    return keys.find(target, Decision.recordedFiles(decisions))
        .filter(found -> found.isComplete(target))
        .map(StageKeys::last);
  }

  private Map<String, List<StageResult.Layer>> layers(Map<String, Decision> decisions) {
    return plan.chain().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                StagePlan::id,
                stage ->
                    Optional.ofNullable(decisions.get(stage.id())).orElseThrow().known().layers()));
  }

  /**
   * Secures the bytes of a stage.
   *
   * @param prefix image that the Pod of the stage can start from
   * @throws IOException if that is not possible
   */
  Secured secure(
      StagePlan stage, Decision decision, RequiredBytes required, Optional<PrefixImage> prefix)
      throws IOException, InterruptedException {
    var known = decision.known();
    if (prefix.isPresent()
        && areLayersOptional(stage)
        && areSecuredOnImage(stage, known, prefix.get())) {
      return new Secured(Optional.empty(), prefix, false);
    }
    if (required.layersOnWorkspace(stage)) {
      blobs.fetchLayers(stage.id(), known);
    }
    if (required.layersInImage(stage)) {
      image.ensure(stage, known.layers());
    }
    return new Secured(files(stage, decision, required), prefix, true);
  }

  /**
   * Whether only the Pod of a stage needs the layers of its known steps on the workspace. The image
   * that is built takes them from the cache, if that is faster than to fetch them.
   */
  private boolean areLayersOptional(StagePlan stage) {
    var isBase =
        plan.stages().stream()
            .anyMatch(other -> other.base().equals(new StageBase.Stage(stage.id())));
    return !isBase && (!plan.chain().contains(stage) || image.canMount());
  }

  private boolean areSecuredOnImage(StagePlan stage, KnownResults known, PrefixImage prefix)
      throws InterruptedException {
    try {
      blobs.fetchOnImage(stage.id(), known, prefix.layers());
      if (plan.chain().contains(stage)) {
        image.ensure(stage, known.layers());
      }
      return true;
    } catch (IOException _) {
      // The stage gets its layers as without an image, or this fails for the same reason.
      return false;
    }
  }

  private Optional<StageResult.Exports> files(
      StagePlan stage, Decision decision, RequiredBytes required) throws IOException {
    return decision instanceof Decision.Complete(var _, var files, var _)
            && files.isPresent()
            && required.filesOnWorkspace(stage)
        ? Optional.of(blobs.fetchFiles(stage.id(), files.get()))
        : Optional.empty();
  }

  /** Starts to push the layers of known steps of a stage that runs. */
  void push(StagePlan stage, KnownResults known) {
    if (known.count() > 0 && plan.chain().contains(stage)) {
      image.start(stage, known.layers());
    }
  }
}
