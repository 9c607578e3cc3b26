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
 * Starts commands in a user namespace: in their own PID namespace if the kernel allows to mount a
 * {@code /proc} for it, which is checked at the first command; otherwise in that of the runtime.
 */
final class CommandStarter {
  private final Path folder;
  private final Consumer<String> log;
  private final ProcessStarter amongOurs = new ProcessStarter();
  private Optional<InitProgram> init = Optional.empty();
  private boolean tried;

  /**
   * Starts commands.
   *
   * @param folder directory for the program that starts commands
   * @param log receives a line if commands cannot have their own PID namespace
   */
  CommandStarter(Path folder, Consumer<String> log) {
    this.folder = folder;
    this.log = log;
  }

  /** The program that starts commands; empty if commands share the PID namespace of the runtime. */
  Optional<InitProgram> init() throws IOException {
    if (!tried) {
      tried = true;
      var program = InitProgram.install(folder);
      try {
        new InitStarter(program).probe();
        init = Optional.of(program);
      } catch (LinuxException e) {
        log.accept(
            "commands share the PID namespace of the runtime, since a separate /proc cannot be mounted ("
                + e.getMessage()
                + "): this requires procMount: Unmasked, that is, Kubernetes 1.33 without a policy"
                + " that forbids it");
      }
    }
    return init;
  }

  /** Starts a command in a root. */
  Process start(Command command, RootEntry rootEntry, Privileges privileges) throws IOException {
    return init.isPresent()
        ? new InitStarter(init.get()).start(command, rootEntry, CommandMounts.DEVICES, privileges)
        : amongOurs.start(command, rootEntry, privileges);
  }
}
