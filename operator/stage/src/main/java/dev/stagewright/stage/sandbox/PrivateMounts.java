package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Hides the mounts of Stagewright in the Pod from commands, without the privilege to unmount.
 *
 * <p>The container mounts a volume twice: the whole volume and one of its directories. The private
 * mounts are in a subdirectory of that directory. When this subdirectory is moved, through the
 * mount of the whole volume, out of the directory, no path leads to the private mounts any more,
 * since the mount of the whole volume never contained them. They remain accessible through an open
 * descriptor of the subdirectory.
 *
 * @param scratch mount of the whole volume
 * @param inner mount of the directory
 */
public record PrivateMounts(Path scratch, Path inner) {
  private static final String OLD = Mounts.INNER_FOLDER + "/" + Mounts.PRIVATE_NAME;

  /** The mounts of a stage Pod. */
  public static PrivateMounts ofPod() {
    return new PrivateMounts(Path.of(Mounts.SCRATCH), Path.of(Mounts.INNER));
  }

  /** The directory that contains the private mounts. */
  public Path folder() {
    return inner.resolve(Mounts.PRIVATE_NAME);
  }

  /**
   * Hides the mounts.
   *
   * @return the path of the directory for this process; empty if there are no private mounts or
   *     they cannot be hidden
   */
  public Optional<Path> hide() throws IOException {
    if (!Files.isDirectory(folder()) || !Files.isDirectory(scratch.resolve(OLD))) {
      return Optional.empty();
    }
    var held = RootFileSystem.open(folder());
    try (var volume = RootFileSystem.open(scratch)) {
      volume.rename(RawName.of(OLD), RawName.of(Mounts.PRIVATE_NAME));
      return Optional.of(held.descriptorPath());
    } catch (LinuxException _) {
      // Other kernels may not allow this: then the mounts remain visible.
      held.close();
      return Optional.empty();
    }
  }
}
