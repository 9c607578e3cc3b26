package dev.stagewright.cache.prune;

import dev.stagewright.layers.oci.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The repository of a cache. Thread-safe. */
public interface RecordRepository {
  /** All tags; none if the repository does not exist. */
  List<String> tags() throws IOException;

  /** The manifest of a tag; empty if it does not exist any more. */
  Optional<byte[]> manifest(String tag) throws IOException;

  /**
   * Deletes a manifest with its tags. The registry may delete the blobs later that no other
   * manifest refers to.
   *
   * @return false if it does not exist any more
   * @throws IOException if the registry does not allow it, or does not answer
   */
  boolean delete(Digest manifest) throws IOException;
}
