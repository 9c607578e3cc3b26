package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.protocol.StageResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The known results of the first steps of a stage.
 *
 * @param below layers of the stages that the stage is based on, the lowest first
 * @param belowMillis time that those stages took
 * @param layers layer of each known step; steps count from the first step of the stage
 * @param record record that they come from; empty if it was not read in this container
 * @param millis time that the known steps took when they ran
 */
record KnownResults(
    List<StageResult.Layer> below,
    long belowMillis,
    List<StageResult.Layer> layers,
    Optional<StepRecord> record,
    long millis) {
  /** No known steps of a stage on an image or scratch. */
  static final KnownResults NONE = new KnownResults(List.of(), 0, List.of(), Optional.empty(), 0);

  /** No known steps of a stage that is based on a stage with these steps. */
  static KnownResults noneOn(KnownResults parent) {
    return new KnownResults(
        parent.all(), parent.belowMillis + parent.millis, List.of(), Optional.empty(), 0);
  }

  /**
   * The first steps of a stage according to a record. All layers of a chain of stages have to come
   * from the same run of the lower stages, since commands need not be reproducible.
   *
   * @param count number of steps
   * @param base no known steps of the stage
   * @return empty if the record is not about this number of steps on the layers of the base
   */
  static Optional<KnownResults> of(StepRecord step, int count, KnownResults base) {
    var first = base.below.size();
    var all = step.layers();
    if (all.size() != first + count
        || !sameBlobs(all.subList(0, first), base.below)
        || !hasDetails(step)
        || all.stream().anyMatch(layer -> layer.created().isEmpty())) {
      return Optional.empty();
    }
    var layers = new ArrayList<StageResult.Layer>();
    for (var i = 0; i < count; i++) {
      var layer = all.get(first + i);
      if (layer.step() != first + i) {
        return Optional.empty();
      }
      layers.add(withStep(layer, i));
    }
    return Optional.of(
        new KnownResults(
            base.below,
            base.belowMillis,
            List.copyOf(layers),
            Optional.of(step),
            Math.max(0, step.totalMillis() - base.belowMillis)));
  }

  /** These layers, whose blobs are where they are needed, on the same base. */
  KnownResults with(List<StageResult.Layer> others, long otherMillis) {
    return new KnownResults(below, belowMillis, List.copyOf(others), Optional.empty(), otherMillis);
  }

  private static boolean sameBlobs(List<StageResult.Layer> one, List<StageResult.Layer> other) {
    for (var i = 0; i < one.size(); i++) {
      if (!one.get(i).blob().digest().equals(other.get(i).blob().digest())
          || !one.get(i).diffId().equals(other.get(i).diffId())
          || !one.get(i).details().equals(other.get(i).details())) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasDetails(StepRecord step) {
    return step.layers().stream()
        .flatMap(layer -> layer.details().stream())
        .allMatch(digest -> step.details(digest).isPresent());
  }

  private static StageResult.Layer withStep(StageResult.Layer layer, int step) {
    return new StageResult.Layer(
        step, layer.blob(), layer.diffId(), layer.details(), layer.created());
  }

  /** The number of known steps. */
  int count() {
    return layers.size();
  }

  /** All layers from the base image on; their steps count from the first step on the base image. */
  List<StageResult.Layer> all() {
    var all = new ArrayList<>(below);
    layers.forEach(layer -> all.add(withStep(layer, below.size() + layer.step())));
    return List.copyOf(all);
  }

  /** Whether a record has exactly these layers, and those below them. */
  boolean areThoseOf(StepRecord other) {
    var all = all();
    return other.layers().size() == all.size() && sameBlobs(other.layers(), all);
  }

  /** The blobs of the layers and their details, each once. */
  Set<Descriptor> blobs() {
    return blobsOnImage(0);
  }

  /**
   * The blobs that a stage needs in an image that contains the first layers: those of the other
   * layers, and the details of all.
   *
   * @param imageLayers number of layers from the base image on that it contains
   */
  Set<Descriptor> blobsOnImage(int imageLayers) {
    var blobs = new HashSet<Descriptor>();
    for (var layer : layers) {
      if (below.size() + layer.step() >= imageLayers) {
        blobs.add(layer.blob());
      }
      layer
          .details()
          .flatMap(digest -> record.flatMap(step -> step.details(digest)))
          .ifPresent(blobs::add);
    }
    return Set.copyOf(blobs);
  }

  /** Whether the first layers, from the base image on, are those of other results. */
  boolean startLike(KnownResults other, int count) {
    var own = all();
    var others = other.all();
    return own.size() >= count
        && others.size() >= count
        && sameBlobs(own.subList(0, count), others.subList(0, count));
  }

  /** The compressed size of the layers, in bytes. */
  long bytes() {
    return layers.stream().mapToLong(layer -> layer.blob().size()).sum();
  }
}
