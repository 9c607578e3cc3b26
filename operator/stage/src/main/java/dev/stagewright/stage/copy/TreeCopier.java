package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Copies a source, that is, a file or the content of a directory, to its destination. */
final class TreeCopier {
  private final CopySourceTree source;
  private final RootFileSystem files;
  private final FileCreator creator;
  private final Placement placement;
  private final CopyRules rules;
  private final Map<String, String> copies = new HashMap<>();

  TreeCopier(CopySourceTree source, RootFileSystem files, Placement placement, CopyRules rules) {
    this.source = source;
    this.files = files;
    this.creator = new FileCreator(files);
    this.placement = placement;
    this.rules = rules;
  }

  /**
   * Copies the content of a directory to an existing directory and sets the time of that directory.
   */
  void copyContents(TarEntry directory, String target) throws IOException, CopyException {
    copyChildren(directory.name(), "", target);
    adoptTime(directory, target);
  }

  /** Sets the time of the destination to that of the source directory. */
  void adoptTime(TarEntry directory, String target) throws IOException {
    // The root of the build context has no time of its own: it is created for each build.
    if (!directory.name().isEmpty() || directory.mtimeSeconds() != 0) {
      files.setModified(target, directory.mtimeSeconds(), directory.mtimeNanos());
    }
  }

  /**
   * Copies a file, or a directory with its content, and replaces an existing file.
   *
   * @param below path relative to the copied directory, for patterns
   */
  void copy(TarEntry entry, String below, String target) throws IOException, CopyException {
    if (entry.type() == TarEntry.Type.DIRECTORY) {
      copyDirectory(entry, below, target);
      return;
    }
    placement.makeRoomForFile(target);
    var ready = rules.apply(entry);
    var file = source.fileOf(entry.name());
    var copied = copies.get(file);
    if (copied != null) {
      files.makeHardLink(copied, target);
      return;
    }
    copies.put(file, target);
    try (var content = content(entry)) {
      creator.create(target, ready, content);
    }
  }

  private InputStream content(TarEntry entry) throws IOException {
    return entry.type() == TarEntry.Type.FILE
        ? source.content(entry.name())
        : InputStream.nullInputStream();
  }

  private void copyDirectory(TarEntry entry, String below, String target)
      throws IOException, CopyException {
    var ready = rules.apply(entry);
    if (placement.makeRoomForDirectory(target)) {
      creator.applyMetadata(target, ready);
    } else {
      creator.create(target, ready, InputStream.nullInputStream());
    }
    copyChildren(entry.name(), below, target);
    files.setModified(target, entry.mtimeSeconds(), entry.mtimeNanos());
  }

  private void copyChildren(String directory, String below, String target)
      throws IOException, CopyException {
    for (var name : source.children(directory)) {
      var path = RootedPath.join(below, name);
      var entry = source.entry(RootedPath.join(directory, name));
      if (entry.isPresent()) {
        copyChild(entry.get(), path, RootedPath.join(target, name));
      }
    }
  }

  private void copyChild(TarEntry entry, String below, String target)
      throws IOException, CopyException {
    if (!rules.excludes(below)) {
      copy(entry, below, target);
    } else if (entry.type() == TarEntry.Type.DIRECTORY && rules.exclude().hasExceptions()) {
      copyExceptions(entry, below, target);
    }
  }

  /** Copies the exceptions below an excluded directory, which is created only if there are any. */
  private void copyExceptions(TarEntry directory, String below, String target)
      throws IOException, CopyException {
    for (var name : source.children(directory.name())) {
      var path = RootedPath.join(below, name);
      var entry = source.entry(RootedPath.join(directory.name(), name));
      if (entry.isEmpty()) {
        continue;
      }
      if (!rules.excludes(path) && !placement.makeRoomForDirectory(target)) {
        creator.create(target, rules.apply(directory), InputStream.nullInputStream());
      }
      copyChild(entry.get(), path, RootedPath.join(target, name));
    }
  }
}
