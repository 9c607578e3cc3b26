package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Copies one source, a file or what is in a directory, to its place. */
final class TreeCopier {
  private final CopySourceTree source;
  private final RootFileSystem files;
  private final FileCreator maker;
  private final Placement placement;
  private final CopyRules rules;
  private final Map<String, String> copies = new HashMap<>();

  TreeCopier(CopySourceTree source, RootFileSystem files, Placement placement, CopyRules rules) {
    this.source = source;
    this.files = files;
    this.maker = new FileCreator(files);
    this.placement = placement;
    this.rules = rules;
  }

  /** Copies what a directory holds into one that exists, which then has the time of the first. */
  void copyContents(TarEntry directory, String target) throws IOException, CopyException {
    copyChildren(directory.name(), "", target);
    adoptTime(directory, target);
  }

  /** Gives the destination the time of the directory whose content went there. */
  void adoptTime(TarEntry directory, String target) throws IOException {
    // The context's root has no time of its own: it is made anew for every build.
    if (!directory.name().isEmpty() || directory.mtimeSeconds() != 0) {
      files.setModified(target, directory.mtimeSeconds(), directory.mtimeNanos());
    }
  }

  /**
   * Copies a file, or a directory with all in it, in place of what is there.
   *
   * @param below the path relative to the directory that is copied, for patterns
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
      maker.make(target, ready, content);
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
      maker.describe(target, ready);
    } else {
      maker.make(target, ready, InputStream.nullInputStream());
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

  /** Copies what was taken back in below an excluded directory, which is made only for that. */
  private void copyExceptions(TarEntry directory, String below, String target)
      throws IOException, CopyException {
    for (var name : source.children(directory.name())) {
      var path = RootedPath.join(below, name);
      var entry = source.entry(RootedPath.join(directory.name(), name));
      if (entry.isEmpty()) {
        continue;
      }
      if (!rules.excludes(path) && !placement.makeRoomForDirectory(target)) {
        maker.make(target, rules.apply(directory), InputStream.nullInputStream());
      }
      copyChild(entry.get(), path, RootedPath.join(target, name));
    }
  }
}
