package dev.stagewright.worker.source.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mounted Secret or ConfigMap.
 *
 * @param directory the directory of the values, named like the Secret
 */
public record MountedSecret(Path directory) {

  /**
   * Returns the only Secret of a volume.
   *
   * @param volume the directory that contains a directory with the name of the Secret; may be
   *     missing
   */
  static Optional<MountedSecret> in(Path volume) throws IOException {
    if (!Files.isDirectory(volume)) {
      return Optional.empty();
    }
    try (var secrets = Files.list(volume)) {
      return secrets.filter(Files::isDirectory).findFirst().map(MountedSecret::new);
    }
  }

  /** The name of the Secret. */
  public String name() {
    return String.valueOf(directory.getFileName());
  }

  boolean has(String key) {
    return Files.isRegularFile(directory.resolve(key));
  }

  String text(String key) throws IOException {
    return Files.readString(directory.resolve(key));
  }

  /** A value. */
  public byte[] bytes(String key) throws IOException {
    return Files.readAllBytes(directory.resolve(key));
  }

  /** All values as text, by key. */
  Map<String, String> texts() throws IOException {
    var texts = new TreeMap<String, String>();
    for (var key : keys()) {
      texts.put(key, new String(bytes(key), StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** The keys of all values. */
  public List<String> keys() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** The keys for a message. */
  String describeKeys() throws IOException {
    var keys = keys();
    return keys.isEmpty() ? "no keys" : String.join(", ", keys);
  }
}
