package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;

/** Where an instruction copies to. */
final class Destination {
  private final String path;
  private final boolean directory;
  private final Placement placement;

  /**
   * The destination of one instruction.
   *
   * @param written raw and absolute; a slash at its end, or a last part {@code .}, makes it a
   *     directory
   */
  Destination(String written, Placement placement) {
    this.path = RootedPath.clean(written);
    this.directory = written.endsWith("/") || written.endsWith("/.") || path.isEmpty();
    this.placement = placement;
  }

  /** Whether several files have room in it. */
  boolean mayHoldSeveral() throws IOException {
    return directory || placement.isDirectory(placement.resolve(path));
  }

  /** The directory that it is, made if it is missing. */
  String asDirectory() throws IOException, CopyException {
    var resolved = placement.resolve(path);
    placement.makeDirectories(resolved);
    return resolved;
  }

  /** The same, for an archive, to which {@code --chmod} does not apply. */
  String forArchive() throws IOException, CopyException {
    var resolved = placement.resolve(path);
    placement.makeDirectories(resolved, Directories.DEFAULT_MODE);
    return resolved;
  }

  /** Where a file of this name goes; all directories on the way are there. */
  String forFile(String name) throws IOException, CopyException {
    if (directory) {
      return RootedPath.join(asDirectory(), name);
    }
    var resolved = placement.resolve(path);
    if (placement.isDirectory(resolved)) {
      return RootedPath.join(resolved, name);
    }
    placement.makeDirectories(RootedPath.parent(resolved));
    return resolved;
  }

  /** Takes a file, or what is in a directory. */
  void receive(SourceMatch match, TreeCopier copier) throws IOException, CopyException {
    var entry = match.entry();
    if (entry.type() != TarEntry.Type.DIRECTORY) {
      copier.copy(entry, "", forFile(match.name()));
      return;
    }
    copier.copyContents(entry, asDirectory());
  }
}
