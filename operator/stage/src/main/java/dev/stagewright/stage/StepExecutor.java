package dev.stagewright.stage;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.copy.CopyException;
import dev.stagewright.stage.copy.CopyInstruction;
import dev.stagewright.stage.files.NotADirectoryException;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.run.RunInstruction;
import dev.stagewright.stage.sandbox.Sandbox;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Executes the steps of a stage and converts errors to failures for the user. */
final class StepExecutor {
  private final String stage;
  private final StepContext tools;
  private final Sandbox sandbox;
  private final StageLog log;
  private Optional<RunInstruction> run = Optional.empty();
  private final CopyInstruction copy;
  private final WorkdirInstruction workdir = new WorkdirInstruction();

  StepExecutor(String stage, StepContext tools) {
    this.stage = stage;
    this.tools = tools;
    this.sandbox = tools.sandbox();
    this.log = tools.log();
    this.copy = new CopyInstruction(tools.sources());
  }

  /**
   * Executes a step.
   *
   * @throws BuildFailedException if the instruction fails
   */
  void execute(Step step) throws IOException {
    switch (step) {
      case Step.Run runStep -> run(runStep);
      case Step.Copy copyStep -> copy(copyStep);
      case Step.Workdir workdirStep -> workdir(workdirStep);
    }
  }

  private void run(Step.Run step) throws IOException {
    try {
      runInstruction().execute(step);
    } catch (LinuxException | NotADirectoryException e) {
      throw failure(FailureReason.RunFailed, "RUN failed", e, step);
    }
  }

  /** Opened by the first RUN: a stage without RUN needs nothing of its container. */
  private RunInstruction runInstruction() throws IOException {
    if (run.isEmpty()) {
      run = Optional.of(new RunInstruction(stage, sandbox, tools.runMounts(), tools.masks(), log));
    }
    return run.get();
  }

  private void copy(Step.Copy step) throws IOException {
    try {
      copy.execute(step, sandbox.files()).forEach(note -> log.line("WARNING: " + note));
    } catch (CopyException | LinuxException e) {
      var name =
          step.position().instruction().toUpperCase(Locale.ROOT).startsWith("ADD") ? "ADD" : "COPY";
      throw failure(FailureReason.CopyFailed, name + " failed", e, step);
    }
  }

  private void workdir(Step.Workdir step) throws IOException {
    try {
      workdir.execute(step, sandbox.files());
    } catch (IOException e) {
      throw failure(FailureReason.WorkdirFailed, "WORKDIR failed", e, step);
    }
  }

  private BuildFailedException failure(FailureReason reason, String what, Exception e, Step step) {
    var message =
        sandbox.hint().appendTo(what + ": " + e.getMessage(), String.valueOf(e.getMessage()));
    return new BuildFailedException(Failure.at(reason, message, stage, step.position()));
  }
}
