package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;

/** Something in a {@link SourceTree}. */
public sealed interface SourceEntry {

  /** Relative to the source's root, as a raw name, without leading or trailing slash. */
  String path();

  /** The same in a directory, which is a raw name. */
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
   * @param path its path
   * @param executable whether it is a program
   * @param size in bytes
   * @param content its bytes
   */
  record File(String path, boolean executable, long size, Content content) implements SourceEntry {}

  /**
   * A symbolic link.
   *
   * @param path its path
   * @param target where it points to, as a raw name
   */
  record Link(String path, String target) implements SourceEntry {}

  /**
   * A file of any type that is taken as it is, times and all.
   *
   * @param entry what it is
   * @param identity equal for the names of one file; empty where a file has one name only
   * @param content its bytes; none but for files
   */
  record Exact(TarEntry entry, String identity, Content content) implements SourceEntry {
    @Override
    public String path() {
      return entry.name();
    }
  }

  /** The bytes of a file. */
  @FunctionalInterface
  interface Content {
    /** Opens them from their start. */
    InputStream open() throws IOException;
  }
}
