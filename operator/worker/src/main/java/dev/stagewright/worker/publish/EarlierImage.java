package dev.stagewright.worker.publish;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.ImageKey;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.worker.cache.store.CacheStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The image of an earlier build with the same content. Its record is looked up once, as soon as the
 * keys of all steps are known. Thread-safe.
 */
final class EarlierImage {
  private final BuildRequest request;
  private final BuildPlan plan;
  private final CacheStore store;
  private final PublishedImage published;
  private final InstantSource clock;
  private final Map<CacheKey, Optional<ImageRecord>> records = new HashMap<>();

  /**
   * Creates the image of a build.
   *
   * @param store records of images
   * @param published finds out where the names of the image point to
   * @param clock provides the creation time of an image that is not recorded
   */
  EarlierImage(
      BuildRequest request,
      BuildPlan plan,
      CacheStore store,
      PublishedImage published,
      InstantSource clock) {
    this.request = request;
    this.plan = plan;
    this.store = store;
    this.published = published;
    this.clock = clock;
  }

  /** The key of the record, for the key of the last step of the target. */
  CacheKey key(CacheKey last) {
    return ImageKey.of(plan, last, request);
  }

  /** The record of the image, if there is one. */
  synchronized Optional<ImageRecord> record(CacheKey last) throws InterruptedException {
    var key = key(last);
    var known = records.get(key);
    if (known == null) {
      known = store.image(key);
      records.put(key, known);
    }
    return known;
  }

  /**
   * The image of these layers, if all its names point to it. An equal digest means equal layers,
   * which is not certain otherwise: steps may have run again since the image was recorded.
   *
   * @param layers layers of the stages of the image, by the id of the stage
   */
  Optional<AssembledImage> find(CacheKey last, Map<String, List<StageResult.Layer>> layers)
      throws MalformedDocumentException, InterruptedException {
    var record = record(last);
    if (record.isEmpty()) {
      return Optional.empty();
    }
    var results = new HashMap<String, StageResult>();
    layers.forEach((id, own) -> results.put(id, new StageResult(id, own, Optional.empty())));
    var image = ImageAssembly.of(request, plan, results, clock.instant(), record).assemble();
    return Optional.of(image)
        .filter(assembled -> assembled.digest().equals(record.get().manifest()))
        .filter(assembled -> published.is(assembled.digest()));
  }
}
