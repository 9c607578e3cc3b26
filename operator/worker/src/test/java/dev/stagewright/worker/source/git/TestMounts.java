package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.Mounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the files of mounted Secrets. */
final class TestMounts {
  private TestMounts() {}

  /** Mounts a Secret with credentials; none if it has no values. */
  static GitMounts credentials(Path directory, Map<String, String> values) {
    return secret(directory, Mounts.GIT_CREDENTIALS, values);
  }

  /** Mounts a Secret. */
  static GitMounts secret(Path directory, String volume, Map<String, String> values) {
    if (!values.isEmpty()) {
      write(directory.resolve(volume).resolve("login"), values);
    }
    return new GitMounts(directory, Map.of());
  }

  /** Writes values as files. */
  static void write(Path directory, Map<String, String> values) {
    try {
      Files.createDirectories(directory);
      for (var value : values.entrySet()) {
        Files.writeString(directory.resolve(value.getKey()), value.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
