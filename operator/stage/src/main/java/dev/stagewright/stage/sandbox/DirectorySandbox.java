package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.diff.SnapshotDiffer;
import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sandbox in which instructions change a directory that belongs to the stage alone. Nothing is
 * mounted in it, so all its files are part of the stage. It changes nothing outside the directory
 * and no property of the process: several stages can run in one process at the same time.
 *
 * <p>It does not run commands. A command would run in namespaces with the directory as its root, as
 * in a {@link UserNamespaceSandbox} with the overlay.
 */
public final class DirectorySandbox implements Sandbox, Closeable {
  private final RootFileSystem files;
  private final Path scratch;
  private final Exclusions excluded = Exclusions.of(List.of());
  private Optional<SnapshotDiffer> snapshots = Optional.empty();

  private DirectorySandbox(RootFileSystem files, Path scratch) {
    this.files = files;
    this.scratch = scratch;
  }

  /**
   * Opens a sandbox.
   *
   * @param directory empty directory, which becomes the root of the stage
   * @param scratch directory outside of it for temporary files
   */
  public static DirectorySandbox open(Path directory, Path scratch) throws IOException {
    return new DirectorySandbox(RootFileSystem.openConfined(directory), scratch);
  }

  @Override
  public RootFileSystem files() {
    return files;
  }

  @Override
  public Exclusions excluded() {
    return excluded;
  }

  @Override
  public List<SandboxMount> volumes() {
    return List.of();
  }

  @Override
  public int run(Command command, CommandContext context, OutputStream output) {
    throw new IllegalStateException("a stage that runs commands was planned outside of a Pod");
  }

  @Override
  public SandboxHint hint() {
    return new SandboxHint(kind(), List.of());
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.DIRECTORY;
  }

  @Override
  public void beginChanges() throws IOException {
    snapshots = Optional.of(SnapshotDiffer.begin(files, scratch));
  }

  @Override
  public void skipChanges() throws IOException {
    begun().skipChanges();
  }

  @Override
  public void writeChanges(TarWriter layer, LayerDetails details) throws IOException {
    begun().writeChanges(layer, details, Set.of());
  }

  private SnapshotDiffer begun() {
    return snapshots.orElseThrow(() -> new IllegalStateException("changes are not tracked"));
  }

  @Override
  public void close() {
    files.close();
  }
}
