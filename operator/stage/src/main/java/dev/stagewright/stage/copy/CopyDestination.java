package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Optional;

/** Where an instruction copies to. */
final class CopyDestination {
  private final String path;
  private final boolean directory;
  private final Placement placement;
  private int filesOfThisName;

  /**
   * The destination of one instruction.
   *
   * @param written raw and absolute; a slash at its end, or a last part {@code .}, makes it a
   *     directory
   */
  CopyDestination(String written, Placement placement) {
    this.path = RootedPath.clean(written);
    this.directory = written.endsWith("/") || written.endsWith("/.") || path.isEmpty();
    this.placement = placement;
  }

  /** Tells of files that took the place of others of the same instruction. */
  Optional<String> overwritten() {
    return filesOfThisName > 1
        ? Optional.of(
            "%d files were copied to /%s, which is not a directory: only the last one is there."
                    .formatted(filesOfThisName, RawName.text(path))
                + " To copy into a directory, end the destination with a /")
        : Optional.empty();
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
    filesOfThisName++;
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
