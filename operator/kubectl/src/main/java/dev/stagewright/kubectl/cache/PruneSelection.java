package dev.stagewright.kubectl.cache;

import dev.stagewright.cache.prune.CacheSize;
import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.layers.oci.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The records to delete.
 *
 * @param deleted records that are deleted
 * @param kept the other records of the repository
 */
public record PruneSelection(List<RecordInfo> deleted, List<RecordInfo> kept) {
  /**
   * Selects records. A registry deletes a manifest with all its tags, so a record stays if another
   * one that is not selected has the same manifest.
   *
   * @param condition which records are selected
   */
  public static PruneSelection of(List<RecordInfo> all, Predicate<RecordInfo> condition) {
    var needed =
        all.stream().filter(condition.negate()).map(RecordInfo::digest).collect(Collectors.toSet());
    return new PruneSelection(
        all.stream().filter(record -> !needed.contains(record.digest())).toList(),
        all.stream().filter(record -> needed.contains(record.digest())).toList());
  }

  /** The records to delete, each manifest once. */
  public List<RecordInfo> manifests() {
    var digests = new HashSet<Digest>();
    return deleted.stream().filter(record -> digests.add(record.digest())).toList();
  }

  /** The size of what no other record refers to, in bytes. */
  public long freed() {
    return CacheSize.freed(deleted, kept);
  }
}
