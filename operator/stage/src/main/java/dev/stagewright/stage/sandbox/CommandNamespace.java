package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.linux.DedicatedThread;
import dev.stagewright.stage.linux.InitProgram;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.MountCalls;
import dev.stagewright.stage.linux.MountTable;
import dev.stagewright.stage.linux.Namespaces;
import dev.stagewright.stage.linux.RootEntry;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The mount namespace of one command: its root has the files of the stage, and only the mounts of a
 * container (devices, processes, name resolution) and the mounts of the command.
 */
final class CommandNamespace implements RootEntry {
  private static final Path CONTAINER = Path.of("/");

  private final Path root;
  private final CommandContext context;
  private final CommandMounts mounts;
  private final Optional<InitProgram> init;
  private OptionalLong descriptor = OptionalLong.empty();

  /**
   * A namespace for one command.
   *
   * @param root mount of the files of the stage
   * @param scratch empty directory for temporary files
   * @param init starts the command in its own PID namespace; empty if the command shares that of
   *     the runtime
   */
  CommandNamespace(Path root, CommandContext context, Path scratch, Optional<InitProgram> init) {
    this.root = root;
    this.context = context;
    this.mounts = new CommandMounts(root, scratch);
    this.init = init;
  }

  @Override
  public void enter() throws IOException {
    var others = MountTable.below(CONTAINER);
    var namespaces = new Namespaces();
    namespaces.ownMounts();
    if (context.networkless()) {
      network(namespaces);
    }
    mounts.addContainers();
    if (init.isPresent()) {
      mounts.addInit(init.get());
    } else {
      mounts.hideRuntime();
    }
    if (context.networkless()) {
      mounts.hideNetwork();
    }
    for (var mount : context.mounts()) {
      mounts.add(mount);
    }
    descriptor = OptionalLong.of(namespaces.openMounts());
    namespaces.makeRoot(RawName.of(root.toString()), others);
  }

  private static void network(Namespaces namespaces) throws IOException {
    try {
      namespaces.ownNetwork();
    } catch (LinuxException e) {
      throw new SandboxUnavailableException(
          "--network=none requires the capability NET_ADMIN in the user namespace of the Pod, which"
              + " the container does not have: "
              + e.getMessage());
    }
  }

  /**
   * Unmounts the mounts after the command has ended, and removes created mount points. The thread
   * of the JDK that waited for the process remains in the namespace for a while and would keep the
   * content of the mounts.
   *
   * @param files files of the stage
   */
  void leave(RootFileSystem files) throws IOException {
    if (descriptor.isPresent()) {
      DedicatedThread.run(
          "unmount",
          () -> {
            new Namespaces().enterMounts(descriptor.getAsLong());
            for (var target : mounts.targets()) {
              new MountCalls().detach("/" + target);
            }
            return root;
          });
    }
    mounts.cleanUp(files);
  }
}
