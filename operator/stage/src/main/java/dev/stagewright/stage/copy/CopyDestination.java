package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Optional;

/** The destination of COPY or ADD. */
final class CopyDestination {
  private final String path;
  private final boolean directory;
  private final Placement placement;
  private int filesOfThisName;

  /**
   * The destination of one instruction.
   *
   * @param written raw absolute path; a trailing slash or a last part {@code .} makes it a
   *     directory
   */
  CopyDestination(String written, Placement placement) {
    this.path = RootedPath.clean(written);
    this.directory = written.endsWith("/") || written.endsWith("/.") || path.isEmpty();
    this.placement = placement;
  }

  /** A warning about files that replaced other files of the same instruction. */
  Optional<String> overwritten() {
    return filesOfThisName > 1
        ? Optional.of(
            "%d files were copied to /%s, which is not a directory: only the last one remains."
                    .formatted(filesOfThisName, RawName.text(path))
                + " To copy into a directory, add a / to the end of the destination")
        : Optional.empty();
  }

  /** The destination as a directory, which is created if it is missing. */
  String asDirectory() throws IOException, CopyException {
    var resolved = placement.resolve(path);
    placement.makeDirectories(resolved);
    return resolved;
  }

  /** The destination of an archive, to which {@code --chmod} does not apply. */
  String forArchive() throws IOException, CopyException {
    var resolved = placement.resolve(path);
    placement.makeDirectories(resolved, Directories.DEFAULT_MODE);
    return resolved;
  }

  /** The path for a file with this name. Its parent directories are created. */
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

  /** Copies a file or the content of a directory. */
  void receive(SourceMatch match, TreeCopier copier) throws IOException, CopyException {
    var entry = match.entry();
    if (entry.type() != TarEntry.Type.DIRECTORY) {
      copier.copy(entry, "", forFile(match.name()));
      return;
    }
    copier.copyContents(entry, asDirectory());
  }
}
