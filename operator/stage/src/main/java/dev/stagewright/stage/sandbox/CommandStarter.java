package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.InitProgram;
import dev.stagewright.stage.linux.InitStarter;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.Privileges;
import dev.stagewright.stage.linux.ProcessStarter;
import dev.stagewright.stage.linux.RootEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the commands of a user namespace: with processes of their own where the kernel lets us
 * mount a {@code /proc} for them, which the first command finds out, else among ours.
 */
final class CommandStarter {
  private final Path folder;
  private final Consumer<String> log;
  private final ProcessStarter amongOurs = new ProcessStarter();
  private Optional<InitProgram> init = Optional.empty();
  private boolean tried;

  /**
   * A starter.
   *
   * @param folder takes the program that commands are started by
   * @param log takes a line if they cannot have processes of their own
   */
  CommandStarter(Path folder, Consumer<String> log) {
    this.folder = folder;
    this.log = log;
  }

  /** What commands are started by; empty where they are among our processes. */
  Optional<InitProgram> init() throws IOException {
    if (!tried) {
      tried = true;
      var program = InitProgram.install(folder);
      try {
        new InitStarter(program).probe();
        init = Optional.of(program);
      } catch (LinuxException e) {
        log.accept(
            "commands share the runtime's process namespace, since a /proc of their own"
                + " cannot be mounted ("
                + e.getMessage()
                + "): that takes procMount: Unmasked, so Kubernetes 1.33 with nothing that refuses"
                + " it");
      }
    }
    return init;
  }

  /** Starts a command where the entrance leads. */
  Process start(Command command, RootEntry entrance, Privileges privileges) throws IOException {
    return init.isPresent()
        ? new InitStarter(init.get()).start(command, entrance, CommandMounts.DEVICES, privileges)
        : amongOurs.start(command, entrance, privileges);
  }
}
