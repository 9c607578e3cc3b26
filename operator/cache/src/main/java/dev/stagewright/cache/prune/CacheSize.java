package dev.stagewright.cache.prune;

import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.layers.oci.Descriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Sums up the sizes of records, which have most layers in common. */
public final class CacheSize {
  private CacheSize() {}

  /** The size of the manifests and of all blobs that they refer to, in bytes. */
  public static long of(Collection<RecordInfo> records) {
    return manifests(records) + sum(blobs(records));
  }

  /**
   * The size of what only these records refer to, in bytes. Images may refer to the same blobs.
   *
   * @param kept the other records of the repository
   */
  public static long freed(Collection<RecordInfo> deleted, Collection<RecordInfo> kept) {
    var blobs = blobs(deleted);
    blobs.keySet().removeAll(blobs(kept).keySet());
    return manifests(deleted) + sum(blobs);
  }

  private static long manifests(Collection<RecordInfo> records) {
    return records.stream().mapToLong(RecordInfo::manifestSize).sum();
  }

  private static Map<String, Long> blobs(Collection<RecordInfo> records) {
    var sizes = new HashMap<String, Long>();
    for (var record : records) {
      for (Descriptor blob : record.blobs()) {
        sizes.put(blob.digest().toString(), blob.size());
      }
    }
    return sizes;
  }

  private static long sum(Map<String, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }
}
