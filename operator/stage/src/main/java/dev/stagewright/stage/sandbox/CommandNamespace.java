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
 * The world of one command: the stage's files for its root, with what a container has (devices,
 * processes, name resolution) and what the command asks for mounted into them, and nothing else.
 */
final class CommandNamespace implements RootEntry {
  private static final Path CONTAINER = Path.of("/");

  private final Path root;
  private final CommandContext setting;
  private final CommandMounts mounts;
  private final Optional<InitProgram> init;
  private OptionalLong descriptor = OptionalLong.empty();

  /**
   * For one command.
   *
   * @param root where the stage's files are mounted
   * @param scratch an empty folder for what nobody keeps
   * @param init what the command is started by; empty where it sees the processes that we see
   */
  CommandNamespace(Path root, CommandContext setting, Path scratch, Optional<InitProgram> init) {
    this.root = root;
    this.setting = setting;
    this.mounts = new CommandMounts(root, scratch);
    this.init = init;
  }

  @Override
  public void enter() throws IOException {
    var others = MountTable.below(CONTAINER);
    var namespaces = new Namespaces();
    namespaces.ownMounts();
    if (setting.networkless()) {
      network(namespaces);
    }
    mounts.addContainers();
    if (init.isPresent()) {
      mounts.addInit(init.get());
    } else {
      mounts.hideRuntime();
    }
    if (setting.networkless()) {
      mounts.hideNetwork();
    }
    for (var mount : setting.mounts()) {
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
          "--network=none takes the capability NET_ADMIN inside the Pod's user namespace, which its"
              + " container does not have: "
              + e.getMessage());
    }
  }

  /**
   * Takes the mounts away, now that the command has ended, and what was made for them. The JDK's
   * thread that awaited the process lives on in the namespace for a while, and would keep their
   * content alive.
   *
   * @param files the stage's
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
