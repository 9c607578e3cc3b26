package dev.stagewright.stage.copy;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.Wildcards;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The source files of COPY: the build context, or the exports of another stage. */
final class CopySourceTree implements Wildcards.Tree {
  private final IndexedTar tar;

  CopySourceTree(IndexedTar tar) {
    this.tar = tar;
  }

  /** The entry at a path, with hard links resolved; empty if the path does not exist. */
  Optional<TarEntry> entry(String path) throws IOException {
    var entry = tar.resolvedEntry(path);
    if (entry.isPresent()) {
      return entry;
    }
    var directory = path.isEmpty() || !tar.children(path).isEmpty();
    return directory ? Optional.of(TarEntry.directory(path)) : Optional.empty();
  }

  /** The first path of a file, which is the same for all its hard links. */
  String fileOf(String path) throws IOException {
    return tar.fileOf(path);
  }

  /** The digest of the content of a file; empty for other types. */
  Optional<Digest> contentDigest(String path) throws IOException {
    return tar.contentDigest(path);
  }

  InputStream content(String path) throws IOException {
    return tar.open(path);
  }

  /** The path with all symbolic links resolved. */
  String resolve(String path) throws IOException {
    return new LinkResolver(this).resolve(path);
  }

  @Override
  public List<String> children(String directory) {
    return tar.children(directory);
  }

  @Override
  public Optional<String> target(String path) throws IOException {
    return tar.resolvedEntry(path)
        .filter(entry -> entry.type() == TarEntry.Type.SYMLINK)
        .map(TarEntry::linkName);
  }
}
