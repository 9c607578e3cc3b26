package dev.stagewright.stage.run;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.sandbox.CommandSetting;
import dev.stagewright.stage.sandbox.Sandbox;
import dev.stagewright.stage.users.Owner;
import dev.stagewright.stage.users.UnknownUserException;
import dev.stagewright.stage.users.Users;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Executes RUN. */
public final class RunInstruction {
  private final String stage;
  private final Sandbox sandbox;
  private final OutputStream output;

  /**
   * For the commands of one stage.
   *
   * @param stage its name, for messages
   * @param output takes what the commands write
   */
  public RunInstruction(String stage, Sandbox sandbox, OutputStream output) {
    this.stage = stage;
    this.sandbox = sandbox;
    this.output = output;
  }

  /**
   * Runs the command to its end.
   *
   * @throws BuildFailedException if it cannot be run, or its exit code is not 0
   */
  public void execute(Step.Run step) throws IOException {
    var files = sandbox.files();
    try {
      makeWorkingDirectory(files, step.workingDirectory());
      try (var _ = Scripts.write(files, step.scripts())) {
        run(step, command(files, step));
      }
    } catch (CommandException | UnknownUserException e) {
      throw failure(
          step, FailureReason.RunFailed, String.valueOf(e.getMessage()), Optional.empty());
    }
  }

  private static void makeWorkingDirectory(RootFileSystem files, String path) throws IOException {
    var resolved = new LinkResolver(files::readLink).resolve(RawName.of(path));
    new Directories(files).make(resolved, Directories.DEFAULT_MODE, Owner.ROOT);
  }

  private static Command command(RootFileSystem files, Step.Run step)
      throws IOException, CommandException, UnknownUserException {
    var users = new Users(files);
    var credentials = users.credentials(step.user());
    var environment = new LinkedHashMap<>(step.environment());
    if (environment.getOrDefault("HOME", "").isEmpty()) {
      environment.put("HOME", users.home(credentials.uid()));
    }
    var arguments = new ArrayList<>(step.command());
    var program =
        new ProgramLookup(files)
            .find(
                arguments.isEmpty() ? "" : arguments.getFirst(),
                environment.getOrDefault("PATH", ""),
                step.workingDirectory());
    arguments.set(0, program);
    return new Command(arguments, environment, step.workingDirectory(), credentials);
  }

  private void run(Step.Run step, Command command) throws IOException, CommandException {
    var killed = OutOfMemoryKills.count();
    int exitCode;
    try {
      exitCode = sandbox.run(command, CommandSetting.USUAL, output);
    } catch (IOException e) {
      throw new CommandException(
          "\"" + step.command().getFirst() + "\" cannot be executed: " + e.getMessage());
    }
    if (exitCode != 0) {
      var message =
          "The command '"
              + String.join(" ", step.command())
              + "' returned a non-zero code: "
              + exitCode;
      throw OutOfMemoryKills.count() > killed
          ? failure(
              step,
              FailureReason.OutOfMemory,
              message
                  + "; the kernel ended a process of it for want of memory: raise the stage's"
                  + " memory limit",
              Optional.of(exitCode))
          : failure(step, FailureReason.RunFailed, message, Optional.of(exitCode));
    }
  }

  private BuildFailedException failure(
      Step.Run step, FailureReason reason, String message, Optional<Integer> exitCode) {
    return new BuildFailedException(
        new Failure(reason, message, Optional.of(stage), Optional.of(step.position()), exitCode));
  }
}
