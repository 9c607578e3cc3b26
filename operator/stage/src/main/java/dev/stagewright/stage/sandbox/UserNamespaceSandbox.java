package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.MountTable;
import dev.stagewright.stage.linux.Privileges;
import dev.stagewright.stage.linux.Processes;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A sandbox in which instructions change an overlay over the base of the stage. Each command has
 * its own mount namespace with the overlay as its root. Requires {@code CAP_SYS_ADMIN} in a user
 * namespace.
 */
public final class UserNamespaceSandbox implements Sandbox {
  private static final List<String> COMMON_MOUNTS =
      List.of("proc", "sys", "dev", "etc/hosts", "etc/resolv.conf");

  private final LayerStack layers;
  private final Path scratch;
  private final List<SandboxMount> volumes;
  private final Exclusions excluded = Exclusions.of(List.of());
  private final CommandStarter starter;
  private final CommandProcess process;

  private UserNamespaceSandbox(
      LayerStack layers, Path scratch, List<? extends SandboxMount> volumes, CommandStarter starter)
      throws IOException {
    this.layers = layers;
    this.scratch = scratch;
    this.volumes = List.copyOf(volumes);
    this.starter = starter;
    var processes = new Processes();
    processes.hide();
    this.process = new CommandProcess(processes);
  }

  /**
   * Opens a sandbox.
   *
   * @param base base of the stage, which is not changed
   * @param folder empty directory on a file system that supports upper directories of overlays
   * @param volumes mounts of the Pod that all commands see
   * @param log receives a line if commands cannot have their own PID namespace
   */
  public static UserNamespaceSandbox open(
      Path base, Path folder, List<? extends SandboxMount> volumes, Consumer<String> log)
      throws IOException {
    // The timestamps of mount points may lag by some milliseconds.
    var started = System.currentTimeMillis() - new Processes().containerAgeMillis() - 20;
    var artifacts = new RuntimeArtifacts(MountTable.below(base), started);
    var scratch = Files.createDirectory(folder.resolve("discarded"));
    return new UserNamespaceSandbox(
        new LayerStack(folder, base, artifacts), scratch, volumes, new CommandStarter(folder, log));
  }

  @Override
  public RootFileSystem files() {
    return layers.files();
  }

  @Override
  public Exclusions excluded() {
    return excluded;
  }

  @Override
  public int run(Command command, CommandContext context, OutputStream output) throws IOException {
    var namespace = new CommandNamespace(layers.root(), context, scratch, starter.init());
    try {
      return process.run(
          () ->
              starter.start(
                  command,
                  namespace,
                  context.insecure() ? Privileges.ALL : Privileges.DEFAULT_FILTERED),
          output);
    } finally {
      namespace.leave(files());
    }
  }

  @Override
  public List<SandboxMount> volumes() {
    return volumes;
  }

  @Override
  public SandboxHint hint() {
    var points = new ArrayList<>(COMMON_MOUNTS);
    volumes.forEach(volume -> points.add(volume.target()));
    return new SandboxHint(kind(), points);
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.USER_NAMESPACE;
  }

  @Override
  public void startLayer() throws IOException {
    layers.push();
  }

  @Override
  public void beginChanges() throws IOException {
    layers.push();
  }

  @Override
  public void skipChanges() throws IOException {
    layers.push();
  }

  @Override
  public void writeChanges(TarWriter layer, LayerDetails details) throws IOException {
    layers.writeChanges(layer, details);
  }
}
