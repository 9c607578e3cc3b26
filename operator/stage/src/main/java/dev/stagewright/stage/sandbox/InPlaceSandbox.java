package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.diff.Snapshots;
import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.Privileges;
import dev.stagewright.stage.linux.ProcessStarter;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Instructions work on the container's own root; changes are found by walking over it. Needs no
 * more than the capabilities that container runtimes give by default.
 */
public final class InPlaceSandbox implements Sandbox {
  private final RootFileSystem files;
  private final RootFileSystem host;
  private final Exclusions excluded;
  private final Set<String> hidden = new HashSet<>();
  private final ProcessRun runs = new ProcessRun();
  private Optional<Snapshots> snapshots = Optional.empty();

  private InPlaceSandbox(RootFileSystem files, Exclusions excluded) throws IOException {
    this.files = files;
    this.host = RootFileSystem.open(Path.of("/"));
    this.excluded = excluded;
  }

  /**
   * Opens a sandbox in this root.
   *
   * @param volumes as the base image's config declares them
   */
  public static InPlaceSandbox open(Path root, List<String> volumes) throws IOException {
    var files = RootFileSystem.open(root);
    return new InPlaceSandbox(files, Exclusions.mounted(files, volumes));
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
  public int run(Command command, CommandSetting setting, OutputStream output) throws IOException {
    var limits = new InPlaceLimits(excluded);
    limits.check(setting);
    limits.report(setting.mounts(), output);
    try (var mounts = InPlaceMounts.put(setting.mounts(), files, host, excluded)) {
      hidden.addAll(mounts.hidden());
      return runs.run(
          command,
          ProcessStarter.root(files.directory().toString()),
          setting.insecure() ? Privileges.ALL : Privileges.DEFAULT,
          output);
    }
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.IN_PLACE;
  }

  @Override
  public void beginChanges() throws IOException {
    snapshots = Optional.of(Snapshots.begin(files, excluded));
  }

  @Override
  public void writeChanges(TarWriter layer) throws IOException {
    snapshots
        .orElseThrow(() -> new IllegalStateException("changes are not kept account of"))
        .writeChanges(layer, Set.copyOf(hidden));
    hidden.clear();
  }
}
