package dev.stagewright.stage.base;

import dev.stagewright.layers.Whiteout;
import dev.stagewright.layers.Whiteouts;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.stage.details.DetailsReader;
import dev.stagewright.stage.details.FileDetails;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.files.ArchiveExtractor;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Applies a layer to a root by the rules of the OCI image specification, with the result of a layer
 * of an overlay: whiteouts remove files of earlier layers, but never files of the same layer, and
 * the names in a layer follow only its own symbolic links. A directory of the layer replaces a
 * symbolic link of an earlier layer.
 */
final class LayerApplier {
  private static final Optional<FileDetails> NONE = Optional.empty();

  /** A hard link may be another name of a symbolic link. */
  private static final Set<TarEntry.Type> MAY_BE_LINKS =
      Set.of(TarEntry.Type.SYMLINK, TarEntry.Type.HARD_LINK);

  private final RootFileSystem files;
  private final Exclusions excluded;
  private final UnpackBudget budget;
  private final FileCreator creator;

  /**
   * Applies layers to these files.
   *
   * @param budget counts the entries
   */
  LayerApplier(RootFileSystem files, Exclusions excluded, UnpackBudget budget) {
    this.files = files;
    this.excluded = excluded;
    this.budget = budget;
    this.creator = new FileCreator(files);
  }

  /**
   * Applies a layer.
   *
   * @param details details that the layer lacks, if they are known
   */
  void apply(TarReader layer, Optional<DetailsReader> details) throws IOException {
    var added = new HashSet<String>();
    var links = new HashSet<String>();
    var extractor =
        new ArchiveExtractor(
            files, path -> links.contains(path) ? files.readLink(path) : Optional.empty());
    for (var next = layer.next(); next.isPresent(); next = layer.next()) {
      budget.addEntry();
      var entry = next.get();
      var whiteout = Whiteouts.parse(entry.name());
      if (whiteout.isPresent()) {
        remove(whiteout.get(), extractor, added);
        continue;
      }
      var exact = details.isPresent() ? Optional.of(details.get().entry()) : NONE;
      var path = extractor.locate(entry.name());
      if (!excluded.covers(path)) {
        makeParents(RootedPath.parent(path), added);
        if (exact.isPresent()) {
          unpack(path, entry, exact.get(), layer, extractor);
        } else {
          extractor.unpack(path, entry, layer.content(), false);
        }
        added.add(path);
        if (MAY_BE_LINKS.contains(entry.type())) {
          links.add(path);
        }
      }
    }
    extractor.finish();
  }

  private void unpack(
      String path, TarEntry entry, FileDetails exact, TarReader layer, ArchiveExtractor extractor)
      throws IOException {
    var exactEntry =
        entry.withMtime(exact.mtimeSeconds(), exact.mtimeNanos()).withXattrs(exact.attributes());
    extractor.unpack(path, exactEntry, layer.content(), exact.sparse());
    if (entry.type() == TarEntry.Type.DIRECTORY) {
      // The directory may have existed with other attributes.
      exact.applyAttributes(files.attributes(), path);
    }
  }

  /** Applies the details that have no entry in the layer, after the layer. */
  void complete(Path details) throws IOException {
    DetailsReader.visit(
        details,
        new DetailsReader.Visitor() {
          @Override
          public void socket(String path, FileDetails socket) throws IOException {
            keepingParent(
                path,
                () -> {
                  creator.remove(path);
                  files.makeNode(path, FileType.SOCKET, 0, 0);
                });
            apply(path, socket);
          }

          @Override
          public void link(String path, String existing) throws IOException {
            var status = files.status(existing);
            if (status.isPresent() && status.get().isFile()) {
              keepingParent(
                  path,
                  () -> {
                    creator.remove(path);
                    files.makeHardLink(existing, path);
                  });
            }
          }
        });
    DetailsReader.visit(
        details,
        new DetailsReader.Visitor() {
          @Override
          public void touched(String path, FileDetails file) throws IOException {
            apply(path, file);
          }
        });
  }

  /** Applies the details of the root directory. */
  void completeRoot(Path details) throws IOException {
    DetailsReader.visit(
        details,
        new DetailsReader.Visitor() {
          @Override
          public void touched(String path, FileDetails file) throws IOException {
            if (path.isEmpty()) {
              apply(path, file);
            }
          }
        });
  }

  private interface Change {
    void make() throws IOException;
  }

  /** Makes a change and keeps the time of the parent directory. Excluded paths are skipped. */
  private void keepingParent(String path, Change change) throws IOException {
    var parent = files.status(RootedPath.parent(path));
    if (parent.isEmpty() || excluded.covers(path)) {
      return;
    }
    change.make();
    files.setModified(
        RootedPath.parent(path), parent.get().mtimeSeconds(), parent.get().mtimeNanos());
  }

  private void apply(String path, FileDetails details) throws IOException {
    var status = files.status(path);
    if (status.isEmpty() || excluded.covers(path)) {
      return;
    }
    if (details.single() && status.get().isFile() && status.get().links() > 1) {
      separate(path, status.get(), details.sparse());
    }
    details.apply(files, path, status.get());
  }

  /** Replaces a name of a file by a copy of the file. */
  private void separate(String path, FileStatus status, boolean sparse) throws IOException {
    var entry = new EntryReader(files).entry(path, status, files.attributes().all(path));
    try (var content = files.read(path)) {
      keepingParent(
          path,
          () -> {
            creator.remove(path);
            creator.create(path, entry.orElseThrow(), content, sparse);
          });
    }
  }

  /**
   * Creates a directory of the layer and its parents. As in an overlay, it covers a file or
   * symbolic link of an earlier layer.
   */
  private void makeParents(String path, Set<String> added) throws IOException {
    if (path.isEmpty() || !added.add(path)) {
      return;
    }
    makeParents(RootedPath.parent(path), added);
    var status = files.status(path);
    if (status.isPresent() && status.get().isDirectory()) {
      return;
    }
    creator.remove(path);
    files.makeDirectory(path);
    files.setMode(path, Directories.DEFAULT_MODE);
  }

  private void remove(Whiteout whiteout, ArchiveExtractor extractor, Set<String> added)
      throws IOException {
    switch (whiteout) {
      case Whiteout.Removed(var path) -> {
        var located = extractor.locate(path);
        if (!excluded.covers(located)) {
          makeParents(RootedPath.parent(located), added);
          removeOld(located, added);
        }
      }
      case Whiteout.Opaque(var directory) -> {
        var located = extractor.locate(directory);
        if (!excluded.covers(located)) {
          makeParents(located, added);
        }
        for (var name : files.list(located)) {
          removeOld(RootedPath.join(located, name), added);
        }
      }
    }
  }

  private void removeOld(String path, Set<String> added) throws IOException {
    if (excluded.covers(path)) {
      return;
    }
    if (!added.contains(path)) {
      creator.remove(path);
      return;
    }
    for (var name : files.list(path)) {
      removeOld(RootedPath.join(path, name), added);
    }
  }
}
