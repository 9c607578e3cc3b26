package dev.stagewright.worker.download;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A downloaded file.
 *
 * @param file the path of the file
 * @param size the size in bytes
 * @param checksums the checksums of the content: sha256 first, then that of the request
 * @param modified the modification time that the server reports; 1970 if absent, as in BuildKit
 */
public record Download(Path file, long size, List<Checksum> checksums, Instant modified) {
  /** Copies the list. */
  public Download {
    checksums = List.copyOf(checksums);
  }

  /** The digest of the content, {@code sha256:} and hex digits. */
  public String digest() {
    return checksums.getFirst().toString();
  }

  /** The checksum with the algorithm of the request. */
  public Checksum requested() {
    return checksums.getLast();
  }
}
