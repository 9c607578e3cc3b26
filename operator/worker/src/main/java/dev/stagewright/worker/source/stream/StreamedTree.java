package dev.stagewright.worker.source.stream;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import dev.stagewright.worker.DirectoryTree;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A source that was received from a client. As with a volume, modes, times, and links are those of
 * the client, and all files belong to root.
 */
final class StreamedTree implements SourceTree {
  private final Path folder;
  private final IndexedTar tar;
  private final StreamedFiles files;
  private final Optional<StreamedDockerfile> dockerfile;

  /**
   * A source in a folder, which is deleted when the source is closed.
   *
   * @param tar in the folder, with its index
   * @param files the entries of the tar
   */
  StreamedTree(
      Path folder, IndexedTar tar, StreamedFiles files, Optional<StreamedDockerfile> dockerfile) {
    this.folder = folder;
    this.tar = tar;
    this.files = files;
    this.dockerfile = dockerfile;
  }

  @Override
  public String description() {
    return "files from a client";
  }

  @Override
  public Optional<String> revision() {
    return Optional.empty();
  }

  @Override
  public Instant modified() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<StreamedDockerfile> dockerfile() {
    return dockerfile;
  }

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    var entry = tar.resolvedEntry(path);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(entryOf(entry.get()));
  }

  @Override
  public boolean isMovable() {
    return files.areComplete();
  }

  @Override
  public void moveTo(Path context) throws IOException {
    for (var name : List.of(Workspace.TAR, Workspace.INDEX)) {
      DurableFile.rename(folder.resolve(name), context.resolve(name));
    }
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    walk("", visitor);
  }

  private void walk(String directory, Visitor visitor) throws IOException {
    for (var name : tar.children(directory)) {
      var path = directory.isEmpty() ? name : directory + "/" + name;
      // A directory without an entry has the same mode as with other sources.
      var entry = tar.resolvedEntry(path).orElseGet(() -> TarEntry.directory(path));
      visitor.visit(entryOf(entry));
      if (entry.type() == TarEntry.Type.DIRECTORY) {
        walk(path, visitor);
      }
    }
  }

  private SourceEntry entryOf(TarEntry entry) throws IOException {
    var path = entry.name();
    if (entry.type() != TarEntry.Type.FILE) {
      return new SourceEntry.Exact(entry, "", InputStream::nullInputStream);
    }
    var file = tar.fileOf(path);
    return new SourceEntry.Exact(entry, files.isLinked(file) ? file : "", () -> tar.open(path));
  }

  @Override
  public void close() throws IOException {
    tar.close();
    new DirectoryTree(folder).delete();
  }
}
