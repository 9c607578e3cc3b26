package dev.stagewright.stage.export;

import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.path.Wildcards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the files that other stages copy to an indexed tar archive. */
public final class Exporter {
  private final RootFileSystem files;
  private final Exclusions excluded;
  private final EntryReader reader;
  private final ExtendedAttributes attributes;

  /** Exports from these files, except the excluded paths. */
  public Exporter(RootFileSystem files, Exclusions excluded) {
    this.files = files;
    this.excluded = excluded;
    this.reader = new EntryReader(files);
    this.attributes = files.attributes();
  }

  /**
   * Writes the archive to a directory on the workspace.
   *
   * @param exports absolute paths, which may contain wildcards; missing files are skipped, since
   *     the stage that copies them reports the error
   * @return the size of the archive in bytes
   */
  public long export(List<String> exports, Path folder) throws IOException {
    var selection = select(exports);
    try (var out =
        new IndexedTarWriter(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX))) {
      if (selection.recursive().contains("")) {
        directory("", out);
      } else {
        for (var path : selection.single()) {
          if (!isWithin(path, selection)) {
            single(path, selection, out);
          }
        }
      }
      out.finish();
      return out.position();
    }
  }

  private ExportSelection select(List<String> exports) throws IOException {
    var wildcards = new Wildcards(new RootTree(files));
    var selection = new ExportSelection(files);
    for (var export : exports) {
      var pattern = RootedPath.clean(RawName.of(export));
      var wild = Wildcards.firstWildcardPart(pattern);
      if (wild > 0) {
        // Includes the way to the directory to search, which the copying stage follows too.
        selection.addWay(pattern.substring(0, wild - 1));
      }
      for (var match : wildcards.match(pattern)) {
        selection.add(match);
      }
    }
    return selection;
  }

  private static boolean isWithin(String path, ExportSelection selection) {
    for (var at = RootedPath.parent(path); !at.isEmpty(); at = RootedPath.parent(at)) {
      if (selection.recursive().contains(at)) {
        return true;
      }
    }
    return false;
  }

  private void single(String path, ExportSelection selection, IndexedTarWriter out)
      throws IOException {
    var status = files.status(path);
    if (status.isEmpty() || excluded.covers(path) || isArtifact(path, status.get())) {
      return;
    }
    put(path, status.get(), out);
    if (selection.recursive().contains(path)) {
      directory(path, out);
    }
  }

  private void directory(String path, IndexedTarWriter out) throws IOException {
    for (var name : files.list(path)) {
      var child = RootedPath.join(path, name);
      var status = files.status(child);
      if (status.isEmpty() || excluded.contains(child) || isArtifact(child, status.get())) {
        continue;
      }
      put(child, status.get(), out);
      if (status.get().isDirectory()) {
        directory(child, out);
      }
    }
  }

  private boolean isArtifact(String path, FileStatus status) throws IOException {
    return excluded.isArtifact(path, status, files);
  }

  private void put(String path, FileStatus status, IndexedTarWriter out) throws IOException {
    var entry = reader.entry(path, status, status.isFile() ? Map.of() : attributes.all(path));
    if (entry.isEmpty()) {
      return;
    }
    if (entry.get().type() != TarEntry.Type.FILE) {
      out.put(entry.get());
      return;
    }
    var content = reader.content(path, status.size());
    if (content.isPresent()) {
      try (var in = content.get()) {
        out.put(entry.get().withXattrs(in.attributes().all()), in);
      }
    }
  }
}
