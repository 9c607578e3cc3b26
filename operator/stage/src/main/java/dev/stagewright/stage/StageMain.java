package dev.stagewright.stage;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import dev.stagewright.stage.linux.ContainerRestrictions;
import dev.stagewright.stage.linux.ProcessVisibility;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Entry point of a stage's Pod: runs the stage, says in the termination message how it went, and
 * ends with an exit code of {@link Phase#STAGE}.
 */
public final class StageMain {
  private static final String NO_SPACE = "No space left on device";

  private StageMain() {}

  /** See {@code StageOptions} for the arguments: the stage's id, then paths for tests. */
  public static void main(String[] arguments) {
    ProcessVisibility.hideArguments();
    var exitCode = run(new StageLog(new FileOutputStream(FileDescriptor.out)), arguments);
    // System.exit loads the JDK's logging, which a stage that went well need not pay for.
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static int run(StageLog log, String... arguments) {
    StageOptions options;
    try {
      options = StageOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      log.line(String.valueOf(e.getMessage()));
      return Phase.STAGE.exitCode(FailureReason.Internal);
    }
    var words = attempt(options, log);
    try {
      Files.write(options.terminationLog(), TerminationMessage.write(words));
    } catch (IOException e) {
      log.line("cannot write the termination message: " + e.getMessage());
    }
    return words instanceof Termination.Failed(var failure, _)
        ? Phase.STAGE.exitCode(failure.reason())
        : 0;
  }

  private static Termination attempt(StageOptions options, StageLog log) {
    try {
      var plan = Json.read(Files.readString(options.plan()), BuildPlan.class);
      return StageRun.run(options, plan, log);
    } catch (BuildFailedException e) {
      return failed(e.failure(), log);
    } catch (IOException | RuntimeException e) {
      return isOutOfSpace(e) ? failed(workspaceFull(), log) : internal(e, log);
    }
  }

  private static Termination failed(Failure failure, StageLog log) {
    var place = failure.position().map(at -> at.file() + ":" + at.line() + ": ").orElse("");
    log.line("ERROR: " + place + failure.message());
    return new Termination.Failed(failure);
  }

  private static Termination internal(Exception e, StageLog log) {
    var restrictions = ContainerRestrictions.read();
    if (!restrictions.isEmpty()) {
      return failed(
          Failure.of(FailureReason.PodModified, restrictions.explain(e.getMessage())), log);
    }
    e.printStackTrace(new PrintWriter(log, true, StandardCharsets.UTF_8));
    return failed(Failure.of(FailureReason.Internal, "the stage's runtime failed: " + e), log);
  }

  private static Failure workspaceFull() {
    return Failure.of(
        FailureReason.WorkspaceFull,
        "the workspace volume is full: raise spec.workspace.size, or copy less between stages");
  }

  private static boolean isOutOfSpace(Exception e) {
    return e instanceof IOException && String.valueOf(e.getMessage()).contains(NO_SPACE);
  }
}
