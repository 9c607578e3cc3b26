package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ContentRecord;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The contents of layers in the repository of the cache.
 *
 * @param store the cache
 * @param format form of the records
 * @param clock provides the times of records
 */
public record CachedLayers(CacheStore store, LayerFormat format, InstantSource clock)
    implements LayerRecords {

  @Override
  public Optional<LayerContent> find(Digest diffId) throws InterruptedException {
    return store.content(RecordKind.LAYER, new CacheKey(diffId)).flatMap(this::parse);
  }

  private Optional<LayerContent> parse(byte[] record) {
    try {
      return format.parse(record);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public void put(Digest diffId, LayerContent content) {
    if (!store.isWritable()) {
      return;
    }
    var bytes = format.write(content);
    if (bytes.length > ContentRecord.LARGEST) {
      return;
    }
    try {
      var record = new ContentRecord(clock.instant().getEpochSecond(), bytes);
      store.put(RecordKind.LAYER, new CacheKey(diffId), record);
    } catch (IOException _) {
      // The store has logged why; the next build reads the layer again.
    }
  }
}
