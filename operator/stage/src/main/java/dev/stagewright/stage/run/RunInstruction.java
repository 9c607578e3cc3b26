package dev.stagewright.stage.run;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.ProcessCredentials;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.mount.MaskingOutput;
import dev.stagewright.stage.mount.MountException;
import dev.stagewright.stage.mount.PreparedMounts;
import dev.stagewright.stage.mount.RunMounts;
import dev.stagewright.stage.mount.SecretMasker;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.sandbox.CommandContext;
import dev.stagewright.stage.sandbox.Sandbox;
import dev.stagewright.stage.sandbox.SandboxMount;
import dev.stagewright.stage.sandbox.SandboxUnavailableException;
import dev.stagewright.stage.users.Owner;
import dev.stagewright.stage.users.UnknownUserException;
import dev.stagewright.stage.users.UserLookup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Executes RUN. */
public final class RunInstruction {
  private static final String INSECURE =
      "--security=insecure: the command has all privileges of the Pod\n";

  private static final String OUT_AGAIN = "/../";

  /** The largest command in a message, in bytes. */
  private static final int LARGEST_COMMAND = 200;

  private final String stage;
  private final Sandbox sandbox;
  private final RunMounts mounts;
  private final SecretMasker masks;
  private final OutputStream output;
  private final RootFileSystem host;
  private final String ownPath = Objects.requireNonNullElse(System.getenv("PATH"), "");

  /**
   * Executes the RUN instructions of a stage.
   *
   * @param stage name of the stage, for messages
   * @param masks hides secrets in the output
   * @param output receives the output of commands
   */
  public RunInstruction(
      String stage, Sandbox sandbox, RunMounts mounts, SecretMasker masks, OutputStream output)
      throws IOException {
    this.stage = stage;
    this.sandbox = sandbox;
    this.mounts = mounts;
    this.masks = masks;
    this.output = output;
    this.host = RootFileSystem.open(Path.of("/"));
  }

  /**
   * Runs a command and waits for its end.
   *
   * @throws BuildFailedException if the command cannot be executed or its exit code is not 0
   */
  public void execute(Step.Run step) throws IOException {
    var files = sandbox.files();
    try {
      var credentials = new UserLookup(files).credentials(step.user());
      makeWorkingDirectory(files, step.workingDirectory(), credentials);
      try (var prepared = mounts.prepare(step)) {
        var command = command(files, step, credentials, prepared);
        run(step, command, context(step.surroundings(), prepared));
      }
    } catch (MountException e) {
      throw failure(step, e.reason(), e.getMessage());
    } catch (CommandException | UnknownUserException e) {
      throw failure(step, FailureReason.RunFailed, e.getMessage());
    }
  }

  /**
   * As in BuildKit, created directories are owned by the user; as in runc, directories before
   * {@code ..} in the path are created as well.
   */
  private static void makeWorkingDirectory(
      RootFileSystem files, String path, ProcessCredentials credentials) throws IOException {
    var owner = new Owner(credentials.uid(), credentials.gid());
    for (var at = path.indexOf(OUT_AGAIN); at > 0; at = path.indexOf(OUT_AGAIN, at + 1)) {
      makeDirectory(files, path.substring(0, at), owner);
    }
    makeDirectory(files, path, owner);
  }

  private static void makeDirectory(RootFileSystem files, String path, Owner owner)
      throws IOException {
    var resolved = new LinkResolver(files::readLink).resolve(RawName.of(path));
    new Directories(files).create(resolved, Directories.DEFAULT_MODE, owner);
  }

  /** The volumes come first: mounts of the command may be inside them. */
  private List<SandboxMount> visible(PreparedMounts prepared) {
    return Stream.concat(sandbox.volumes().stream(), prepared.mounts().stream()).toList();
  }

  private CommandContext context(RunOptions options, PreparedMounts prepared) {
    return new CommandContext(
        visible(prepared), options.network() == RunOptions.Network.NONE, options.insecure());
  }

  private Command command(
      RootFileSystem files, Step.Run step, ProcessCredentials credentials, PreparedMounts prepared)
      throws IOException, CommandException {
    var environment = new LinkedHashMap<>(step.environment());
    environment.putAll(prepared.environment());
    if (environment.getOrDefault("HOME", "").isEmpty()) {
      environment.put("HOME", new UserLookup(files).home(credentials.uid()));
    }
    var arguments = step.command();
    var program =
        new ProgramLookup(new VisibleFiles(files, host, visible(prepared)), ownPath)
            .find(
                arguments.isEmpty() ? "" : arguments.getFirst(),
                environment.getOrDefault("PATH", ""),
                step.workingDirectory());
    return new Command(
        program.path(),
        program.foundByName(),
        arguments,
        environment,
        step.workingDirectory(),
        credentials);
  }

  private void run(Step.Run step, Command command, CommandContext context)
      throws IOException, CommandException {
    var killed = OutOfMemoryKills.count();
    ExitCode exit;
    var tail = new OutputTail(output);
    try (var masked = new MaskingOutput(tail, masks)) {
      if (context.insecure()) {
        masked.write(INSECURE.getBytes(StandardCharsets.UTF_8));
      }
      exit = new ExitCode(sandbox.run(command, context, masked));
    } catch (SandboxUnavailableException e) {
      throw failure(step, FailureReason.Unsupported, "RUN: " + e.getMessage());
    } catch (IOException e) {
      throw new CommandException(
          sandbox
              .hint()
              .appendTo(
                  "\""
                      + PrintableText.title(step.command().getFirst(), LARGEST_COMMAND)
                      + "\" cannot be executed: "
                      + e.getMessage(),
                  String.valueOf(e.getMessage())));
    }
    if (!exit.isSuccess()) {
      throw failure(step, exit, OutOfMemoryKills.count() > killed, tail.text());
    }
  }

  /**
   * The command on one line: the start of a script identifies it, and the whole script would hide
   * its output.
   */
  private static String commandLine(Step.Run step) {
    var words = step.command().stream().map(word -> PrintableText.title(word, LARGEST_COMMAND));
    return PrintableText.line(words.collect(Collectors.joining(" ")), LARGEST_COMMAND);
  }

  private BuildFailedException failure(
      Step.Run step, ExitCode exit, boolean outOfMemory, String output) {
    var message = "The command '" + commandLine(step) + "' returned a non-zero code: " + exit;
    return outOfMemory
        ? failure(
            step,
            FailureReason.OutOfMemory,
            message
                + "; the kernel killed a process of the command because the container reached its memory limit:"
                + " increase the memory limit of the stage",
            Optional.of(exit.value()))
        : failure(
            step,
            FailureReason.RunFailed,
            sandbox.hint().appendTo(message, output),
            Optional.of(exit.value()));
  }

  private BuildFailedException failure(
      Step.Run step, FailureReason reason, @Nullable String message) {
    return failure(step, reason, String.valueOf(message), Optional.empty());
  }

  private BuildFailedException failure(
      Step.Run step, FailureReason reason, String message, Optional<Integer> exitCode) {
    return new BuildFailedException(
        new Failure(reason, message, Optional.of(stage), Optional.of(step.position()), exitCode));
  }
}
