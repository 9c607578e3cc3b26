package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;

/** An entry of a {@link SourceTree}. */
public sealed interface SourceEntry {

  /** The raw path, relative to the root of the source, without leading or trailing slash. */
  String path();

  /** Returns the entry below a directory. */
  default SourceEntry below(String directory) {
    var path = directory + "/" + path();
    return switch (this) {
      case Directory _ -> new Directory(path);
      case File file -> new File(path, file.executable(), file.size(), file.content());
      case Link link -> new Link(path, link.target());
      case Exact(var entry, var identity, var content) ->
          new Exact(entry.withName(path), identity, content);
    };
  }

  /** A directory. */
  record Directory(String path) implements SourceEntry {}

  /**
   * A file.
   *
   * @param path the path
   * @param executable whether the file is executable
   * @param size the size in bytes
   * @param content the content
   */
  record File(String path, boolean executable, long size, Content content) implements SourceEntry {}

  /**
   * A symbolic link.
   *
   * @param path the path
   * @param target the raw target of the link
   */
  record Link(String path, String target) implements SourceEntry {}

  /**
   * A file of any type with all its metadata.
   *
   * @param entry the metadata
   * @param identity equal for hard links to one file; empty for a file without other hard links
   * @param content the content; empty except for regular files
   */
  record Exact(TarEntry entry, String identity, Content content) implements SourceEntry {
    @Override
    public String path() {
      return entry.name();
    }
  }

  /** The content of a file. */
  @FunctionalInterface
  interface Content {
    /** Opens the content from its start. */
    InputStream open() throws IOException;
  }
}
