package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.diff.Snapshots;
import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.MountTable;
import dev.stagewright.stage.linux.Privileges;
import dev.stagewright.stage.linux.ProcessStarter;
import dev.stagewright.stage.linux.Processes;
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
  private static final String DEVICES = "dev";

  private final RootFileSystem files;
  private final RootFileSystem host;
  private final Exclusions excluded;
  private final Optional<RootFileSystem> base;
  private final Set<String> hidden = new HashSet<>();
  private final Processes processes = new Processes();
  private final ProcessStarter starter = new ProcessStarter();
  private final ProcessRun runs = new ProcessRun(processes);
  private final Optional<DeviceTraces> traces;
  private Optional<Snapshots> snapshots = Optional.empty();

  private InPlaceSandbox(RootFileSystem files, Exclusions excluded, Optional<RootFileSystem> base)
      throws IOException {
    this.files = files;
    this.base = base;
    this.host = RootFileSystem.open(Path.of("/"));
    this.excluded = excluded;
    this.traces =
        excluded.contains(DEVICES) ? Optional.of(new DeviceTraces(files)) : Optional.empty();
  }

  /**
   * Opens a sandbox in this root.
   *
   * @param volumes as the base image's config declares them
   * @param untouched a folder with what the root was before anything was mounted in it; empty where
   *     there is none, and then layers may hold what was touched but did not change
   */
  public static InPlaceSandbox open(Path root, List<String> volumes, Optional<Path> untouched)
      throws IOException {
    var files = RootFileSystem.open(root);
    var base =
        untouched.isPresent()
            ? Optional.of(RootFileSystem.open(untouched.get()))
            : Optional.<RootFileSystem>empty();
    if (base.isPresent()) {
      new BaseTimes(files, base.get()).restore(MountTable.below(root));
    }
    return new InPlaceSandbox(files, Exclusions.mounted(files, volumes, base), base);
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
      return runs.run(() -> start(command, setting), output);
    } finally {
      if (traces.isPresent()) {
        traces.get().remove();
      }
    }
  }

  private Process start(Command command, CommandSetting setting) throws IOException {
    var process =
        starter.start(
            command,
            ProcessStarter.root(files.directory().toString()),
            setting.insecure() ? Privileges.ALL : Privileges.DEFAULT);
    // Whatever walks over /proc must come to its end, and all that there is to see of us, a command
    // that is root here reaches anyway.
    processes.show();
    return process;
  }

  /** None to make: commands are among the Pod's mounts. */
  @Override
  public List<SandboxMount> volumes() {
    return List.of();
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.IN_PLACE;
  }

  @Override
  public void beginChanges() throws IOException {
    snapshots = Optional.of(Snapshots.begin(files, excluded, base));
  }

  @Override
  public void skipChanges() throws IOException {
    begun().skipChanges();
  }

  @Override
  public void writeChanges(TarWriter layer, LayerDetails details) throws IOException {
    begun().writeChanges(layer, details, Set.copyOf(hidden));
    hidden.clear();
  }

  private Snapshots begun() {
    return snapshots.orElseThrow(
        () -> new IllegalStateException("changes are not kept account of"));
  }
}
