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
 * Takes the Pod's mounts that are ours out of the sight of commands, with no right to unmount
 * anything.
 *
 * <p>They lie in a folder of a volume that the container sees twice: as a whole, and a part of it
 * alone. The mounts were made in the part. Once the folder that holds them is renamed, through the
 * whole, to where the part does not reach, no path leads to them any more, as the whole never had
 * them. An open descriptor of the folder still does.
 *
 * @param scratch the whole volume
 * @param inner the part of it
 */
public record PrivateMounts(Path scratch, Path inner) {
  private static final String OLD = Mounts.INNER_FOLDER + "/" + Mounts.PRIVATE_NAME;

  /** Where a stage's Pod has them. */
  public static PrivateMounts ofPod() {
    return new PrivateMounts(Path.of(Mounts.SCRATCH), Path.of(Mounts.INNER));
  }

  /** The folder that holds the mounts. */
  public Path folder() {
    return inner.resolve(Mounts.PRIVATE_NAME);
  }

  /**
   * Hides them.
   *
   * @return where this process finds the folder from now on; empty where there are none, or they
   *     cannot be hidden
   */
  public Optional<Path> hide() throws IOException {
    if (!Files.isDirectory(folder()) || !Files.isDirectory(scratch.resolve(OLD))) {
      return Optional.empty();
    }
    var held = RootFileSystem.open(folder());
    try (var whole = RootFileSystem.open(scratch)) {
      whole.rename(RawName.of(OLD), RawName.of(Mounts.PRIVATE_NAME));
      return Optional.of(held.descriptorPath());
    } catch (LinuxException _) {
      // A kernel of another kind may hold on to mounts: then they stay in sight.
      held.close();
      return Optional.empty();
    }
  }
}
