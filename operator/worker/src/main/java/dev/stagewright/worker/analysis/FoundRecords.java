package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.ChecksKey;
import dev.stagewright.cache.record.ContentRecord;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Json;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found in images, in the repository of the cache, so that the layers of an image that is
 * pushed again are not read again.
 *
 * @param store the cache
 * @param analysis the rules, which are a part of the key
 * @param lines of the instructions of the image, which are a part of the key, too: findings name
 *     them
 * @param clock provides the times of records
 */
public record FoundRecords(
    CacheStore store, ImageAnalysis analysis, List<Integer> lines, InstantSource clock) {
  /** Change it with what a rule finds, or how it says it. */
  private static final String VERSION = "1";

  /** What was found in an image; empty if it is not known. */
  public Optional<FoundInImage> find(Digest manifest) throws InterruptedException {
    return store.content(RecordKind.CHECKS, key(manifest)).flatMap(FoundRecords::parse);
  }

  private static Optional<FoundInImage> parse(byte[] json) {
    try {
      return Optional.of(Json.read(new String(json, StandardCharsets.UTF_8), FoundInImage.class));
    } catch (Json.MalformedJsonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Records what was found in an image. */
  public void put(Digest manifest, FoundInImage found) {
    var json = Json.write(found).getBytes(StandardCharsets.UTF_8);
    if (store.isWritable() && json.length <= ContentRecord.LARGEST) {
      try {
        var record = new ContentRecord(clock.instant().getEpochSecond(), json);
        store.put(RecordKind.CHECKS, key(manifest), record);
      } catch (IOException _) {
        // The store has logged why.
      }
    }
  }

  private CacheKey key(Digest manifest) {
    var parts = new ArrayList<String>();
    parts.add(VERSION);
    analysis.descriptions().stream().map(Rule.Description::id).sorted().forEach(parts::add);
    lines.forEach(line -> parts.add(line.toString()));
    return ChecksKey.of(manifest, parts);
  }
}
