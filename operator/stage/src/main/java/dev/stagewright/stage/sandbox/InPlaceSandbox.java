package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.diff.SnapshotDiffer;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.MountTable;
import dev.stagewright.stage.linux.Privileges;
import dev.stagewright.stage.linux.ProcessStarter;
import dev.stagewright.stage.linux.Processes;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.users.Owner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sandbox in which instructions change the root of the container; changes are found by a walk
 * over all files. It needs only the default capabilities of container runtimes.
 */
public final class InPlaceSandbox implements Sandbox {
  private static final String DEVICES = "dev";

  private final RootFileSystem root;
  private final RootFileSystem host;
  private final RootFileSystem files;
  private final Exclusions mounted;
  private final Set<String> mountPoints;
  private final Exclusions excluded;
  private final Optional<RootFileSystem> base;
  private final Set<String> hidden = new HashSet<>();
  private final Processes processes = new Processes();
  private final ProcessStarter starter = new ProcessStarter();
  private final CommandProcess process = new CommandProcess(processes);
  private final Optional<DeviceArtifacts> deviceArtifacts;
  private final Optional<HostnameFile> hostname;
  private final MountedFiles mountedFiles;
  private Optional<SnapshotDiffer> snapshots = Optional.empty();

  private InPlaceSandbox(
      RootFileSystem root,
      RootFileSystem files,
      Exclusions mounted,
      Exclusions excluded,
      Optional<RootFileSystem> base)
      throws IOException {
    this.root = root;
    this.files = files;
    this.base = base;
    this.host = RootFileSystem.open(Path.of("/"));
    this.mounted = mounted;
    this.mountPoints = MountTable.below(root.directory());
    this.excluded = excluded;
    this.hostname = HostnameFile.of(root, files, mounted);
    this.mountedFiles = new MountedFiles(root, mounted);
    this.deviceArtifacts =
        mounted.contains(DEVICES) ? Optional.of(new DeviceArtifacts(root)) : Optional.empty();
  }

  /**
   * The mounts in the root in addition to those of the container runtime and the operator.
   *
   * @param ofBase volumes in the config of the base image; their files belong to the stage
   * @param ofUser raw paths of volumes of the build; their files are not part of any layer
   */
  public record Volumes(List<String> ofBase, List<String> ofUser) {}

  /**
   * Opens a sandbox in this root.
   *
   * @param unmountedRoot directory with the root without mounts; if it is empty, layers may contain
   *     files that were touched but not changed
   * @param folder directory for the files of the stage at mount points
   */
  public static InPlaceSandbox open(
      Path directory, Volumes volumes, Optional<Path> unmountedRoot, Path folder)
      throws IOException {
    var root = RootFileSystem.open(directory);
    var base =
        unmountedRoot.isPresent()
            ? Optional.of(RootFileSystem.open(unmountedRoot.get()))
            : Optional.<RootFileSystem>empty();
    if (base.isPresent()) {
      new BaseTimes(root, base.get()).restore(MountTable.below(directory));
    }
    var mounted = Exclusions.mounted(root, volumes.ofBase(), base);
    var covered = mounted.topmost();
    covered.removeAll(volumes.ofUser());
    return new InPlaceSandbox(
        root,
        new CoveredFiles(root, base).uncover(covered, folder),
        mounted,
        mounted.without(covered),
        base);
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
  public int run(Command command, CommandContext context, OutputStream output) throws IOException {
    var limits = new InPlaceLimits(mounted);
    limits.check(context);
    limits.report(context.mounts(), output);
    try (var mounts = InPlaceMounts.put(context.mounts(), root, host, mounted)) {
      hidden.addAll(mounts.hidden());
      if (hostname.isPresent()) {
        hostname.get().show();
      }
      makeWorkingDirectory(command);
      return process.run(() -> start(command, context), output);
    } finally {
      if (hostname.isPresent()) {
        hostname.get().keep();
      }
      mountedFiles.restore();
      if (deviceArtifacts.isPresent()) {
        deviceArtifacts.get().remove();
      }
    }
  }

  private Process start(Command command, CommandContext context) throws IOException {
    var process =
        starter.start(
            command,
            ProcessStarter.root(root.directory().toString()),
            context.insecure() ? Privileges.ALL : Privileges.DEFAULT);
    // Programs that visit all of /proc must not fail, and a command that is root here can access
    // the runtime anyway.
    processes.show();
    return process;
  }

  /** Checks the root of the command, since mounts hide files of the stage. */
  private void makeWorkingDirectory(Command command) throws IOException {
    var directory =
        new LinkResolver(root::readLink).resolve(RawName.of(command.workingDirectory()));
    if (mounted.covers(directory) && root.status(directory).isEmpty()) {
      var user = command.credentials();
      new Directories(root)
          .create(directory, Directories.DEFAULT_MODE, new Owner(user.uid(), user.gid()));
    }
  }

  /** No mounts are needed: commands see the mounts of the Pod. */
  @Override
  public List<SandboxMount> volumes() {
    return List.of();
  }

  @Override
  public SandboxHint hint() {
    return new SandboxHint(kind(), mountPoints);
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.IN_PLACE;
  }

  @Override
  public void beginChanges() throws IOException {
    snapshots = Optional.of(SnapshotDiffer.begin(files, excluded, base));
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

  private SnapshotDiffer begun() {
    return snapshots.orElseThrow(() -> new IllegalStateException("changes are not tracked"));
  }
}
