package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.FetchedSource;
import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.worker.DirectoryTree;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A source in an archive. Modes, times, links and extended attributes are those of the archive; all
 * files belong to root, and file capabilities are lost, as if the files had been unpacked by root
 * and sent by Docker's client.
 *
 * @param description for users
 * @param fetched what was fetched
 * @param files the content
 * @param directory the raw path of the directory that is the root of the source; empty for the
 *     whole archive
 * @param scratch the directory of the archive; deleted when the tree is closed
 */
record ArchiveTree(
    String description,
    FetchedSource fetched,
    ArchiveFiles files,
    String directory,
    DirectoryTree scratch)
    implements SourceTree {

  @Override
  public Optional<String> revision() {
    return fetched.commit();
  }

  @Override
  public Optional<String> branch() {
    return fetched.branch();
  }

  @Override
  public Optional<FetchedSource> origin() {
    return Optional.of(fetched);
  }

  @Override
  public Instant modified() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    return path.isEmpty() ? Optional.empty() : find(path);
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    walk("", visitor);
  }

  private void walk(String folder, Visitor visitor) throws IOException {
    for (var name : files.tar().children(inArchive(folder))) {
      var path = folder.isEmpty() ? name : folder + "/" + name;
      var entry = find(path);
      if (entry.isPresent()) {
        visitor.visit(entry.get());
        if (isDirectory(entry.get())) {
          walk(path, visitor);
        }
      }
    }
  }

  private static boolean isDirectory(SourceEntry entry) {
    return switch (entry) {
      case SourceEntry.Directory _ -> true;
      case SourceEntry.Exact(var exact, _, _) -> exact.type() == TarEntry.Type.DIRECTORY;
      case SourceEntry.File _, SourceEntry.Link _ -> false;
    };
  }

  private Optional<SourceEntry> find(String path) throws IOException {
    var inArchive = inArchive(path);
    var entry = files.tar().resolvedEntry(inArchive);
    if (entry.isPresent()) {
      return Optional.of(exact(entry.get().withName(path), inArchive));
    }
    // Archives need not have entries for directories.
    return files.tar().children(inArchive).isEmpty()
        ? Optional.empty()
        : Optional.of(new SourceEntry.Directory(path));
  }

  private SourceEntry exact(TarEntry entry, String inArchive) throws IOException {
    var attributes = new TreeMap<>(entry.xattrs());
    attributes.remove(ExtendedAttributes.CAPABILITY);
    var file = files.tar().fileOf(inArchive);
    var isFile = entry.type() == TarEntry.Type.FILE;
    return new SourceEntry.Exact(
        entry.withOwner(0, 0).withXattrs(attributes),
        isFile && files.linked().contains(file) ? file : "",
        () -> isFile ? files.tar().open(inArchive) : InputStream.nullInputStream());
  }

  private String inArchive(String path) {
    if (directory.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? directory : directory + "/" + path;
  }

  @Override
  public void close() throws IOException {
    files.tar().close();
    scratch.delete();
  }
}
