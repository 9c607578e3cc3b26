package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads small text files of a source. Symbolic links are followed within the source.
 *
 * @param tree the source
 */
public record SourceTextFiles(SourceTree tree) {
  private static final int MAX_LINKS = 40;

  /** Larger than any Dockerfile, smaller than the heap. */
  private static final int MAX_BYTES = 4 << 20;

  /** The result of a lookup. */
  public sealed interface Result {
    /** The file exists. */
    record Found(String text) implements Result {}

    /** The path, or the target of the last link, does not exist. */
    record Missing() implements Result {}

    /** The path is a directory. */
    record IsDirectory() implements Result {}

    /** The path is a device, a pipe or a socket. */
    record IsSpecial() implements Result {}

    /** The path is outside of the source. */
    record Outside() implements Result {}

    /**
     * A link points outside of the source.
     *
     * @param link the path of the link
     * @param target the target of the link
     */
    record LinkOutside(String link, String target) implements Result {}

    /**
     * The target of a link does not exist.
     *
     * @param link the path of the link
     * @param target the target of the link
     */
    record LinkBroken(String link, String target) implements Result {}

    /** Links form a cycle, or there are more than 40. */
    record TooManyLinks() implements Result {}
  }

  /**
   * Reads a file.
   *
   * @param path the path relative to the root of the source
   * @return the text; empty if the file does not exist
   * @throws IOException if the file is larger than 4 MiB
   */
  public Optional<String> read(String path) throws IOException {
    return find(path) instanceof Result.Found(var text) ? Optional.of(text) : Optional.empty();
  }

  /**
   * Looks up a file.
   *
   * @param path the path relative to the root of the source
   * @throws IOException if the file is larger than 4 MiB
   */
  public Result find(String path) throws IOException {
    var at = normalize(RawName.of(path));
    if (at.isEmpty()) {
      return new Result.Outside();
    }
    Result ifMissing = new Result.Missing();
    for (var links = 0; links < MAX_LINKS; links++) {
      var entry = tree.entry(at.get());
      if (entry.isEmpty()) {
        return at.get().isEmpty() ? new Result.IsDirectory() : ifMissing;
      }
      var found = found(entry.get());
      if (found.isPresent()) {
        return found.get();
      }
      var link = link(entry.get());
      at =
          normalize(
              link.target().startsWith("/")
                  ? link.target()
                  : parent(link.path()) + "/" + link.target());
      if (at.isEmpty()) {
        return new Result.LinkOutside(RawName.text(link.path()), RawName.text(link.target()));
      }
      ifMissing = new Result.LinkBroken(RawName.text(link.path()), RawName.text(link.target()));
    }
    return new Result.TooManyLinks();
  }

  /** Returns the result for an entry that is not a link. */
  private static Optional<Result> found(SourceEntry entry) throws IOException {
    return switch (entry) {
      case SourceEntry.Directory _ -> Optional.of(new Result.IsDirectory());
      case SourceEntry.File(var file, _, var size, var content) ->
          Optional.of(new Result.Found(text(file, size, content)));
      case SourceEntry.Link _ -> Optional.empty();
      case SourceEntry.Exact(var exact, _, var content) ->
          switch (exact.type()) {
            case FILE -> Optional.of(new Result.Found(text(exact.name(), exact.size(), content)));
            case SYMLINK -> Optional.empty();
            case DIRECTORY -> Optional.of(new Result.IsDirectory());
            default -> Optional.of(new Result.IsSpecial());
          };
    };
  }

  private static SourceEntry.Link link(SourceEntry entry) {
    return entry instanceof SourceEntry.Exact(var exact, _, _)
        ? new SourceEntry.Link(exact.name(), exact.linkName())
        : (SourceEntry.Link) entry;
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

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Normalizes a path; empty if the path is outside of the source. */
  private static Optional<String> normalize(String path) {
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
