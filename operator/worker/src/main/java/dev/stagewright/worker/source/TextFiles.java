package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the small text files of a source, through symbolic links that stay inside it.
 *
 * @param tree the source
 */
public record TextFiles(SourceTree tree) {
  private static final int MAX_LINKS = 40;

  /** Far above any Dockerfile, far below the heap. */
  private static final int MAX_BYTES = 4 << 20;

  /**
   * Reads a file.
   *
   * @param path relative to the source's root
   * @return its text; empty where there is no such file
   * @throws IOException if it is larger than 4 MiB
   */
  public Optional<String> read(String path) throws IOException {
    var at = clean(RawName.of(path));
    for (var links = 0; at.isPresent() && links < MAX_LINKS; links++) {
      var entry = tree.entry(at.get());
      switch (entry.orElse(new SourceEntry.Directory(at.get()))) {
        case SourceEntry.Directory _ -> at = Optional.empty();
        case SourceEntry.File(var file, _, var size, var content) -> {
          return Optional.of(text(file, size, content));
        }
        case SourceEntry.Link(var link, var target) -> at = followed(link, target);
        case SourceEntry.Exact(var exact, _, var content) -> {
          switch (exact.type()) {
            case FILE -> {
              return Optional.of(text(exact.name(), exact.size(), content));
            }
            case SYMLINK -> at = followed(exact.name(), exact.linkName());
            default -> at = Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String text(String path, long size, SourceEntry.Content content)
      throws IOException {
    if (size > MAX_BYTES) {
      throw new IOException(RawName.text(path) + " is larger than 4 MiB");
    }
    try (var in = content.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Optional<String> followed(String link, String target) {
    return clean(target.startsWith("/") ? target : parent(link) + "/" + target);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Without empty and dot parts; empty where it leads out of the source. */
  private static Optional<String> clean(String path) {
    List<String> parts = new ArrayList<>();
    for (var part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }
}
