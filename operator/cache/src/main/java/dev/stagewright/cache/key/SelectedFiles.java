package dev.stagewright.cache.key;

import dev.stagewright.layers.oci.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that a step reads from outside of its stage: names, types, modes, owners, link targets,
 * extended attributes and bytes, but not times.
 *
 * @param digest digest of all files; does not depend on the order in which they are stored
 * @param files digest of each file in short form, by path, to find out which one changed; empty if
 *     only the digest is known. Sorted.
 */
public record SelectedFiles(Digest digest, Map<String, String> files) {
  /** Copies and sorts the map. */
  public SelectedFiles {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** Files of which only the digest is known. */
  public SelectedFiles(Digest digest) {
    this(digest, Map.of());
  }
}
