package dev.stagewright.stage.mount;

import dev.stagewright.protocol.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.UUID;

/**
 * What a file beside the directory of a cache says about it. The time of the file is the time of
 * the last use: the file system sets it, so the clocks of nodes do not matter.
 *
 * @param id id of the cache in Dockerfiles
 * @param bytes size of the directory when it was measured; empty if it never was
 */
public record CacheUse(String id, Optional<Long> bytes) {

  /** Reads the file; empty if it is missing or malformed. */
  static Optional<CacheUse> read(CacheSlot slot) throws IOException {
    try {
      return Optional.of(Json.read(Files.readString(slot.useFile()), CacheUse.class));
    } catch (NoSuchFileException | Json.MalformedJsonException _) {
      return Optional.empty();
    }
  }

  /**
   * Writes the file, which marks the cache as used now.
   *
   * @return the time of the use
   */
  FileTime write(CacheSlot slot) throws IOException {
    replace(slot.useFile(), file -> Files.writeString(file, Json.write(this)));
    return Files.getLastModifiedTime(slot.useFile());
  }

  /** Writes the file and keeps the time of the last use. */
  void write(CacheSlot slot, FileTime lastUse) throws IOException {
    replace(
        slot.useFile(),
        file -> {
          Files.writeString(file, Json.write(this));
          Files.setLastModifiedTime(file, lastUse);
        });
  }

  /** Writes a file completely or not at all. */
  static void replace(Path file, Writing writing) throws IOException {
    var arriving = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    try {
      writing.write(arriving);
      Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(arriving);
    }
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Writing {
    /** Writes to a file that does not exist. */
    void write(Path file) throws IOException;
  }
}
