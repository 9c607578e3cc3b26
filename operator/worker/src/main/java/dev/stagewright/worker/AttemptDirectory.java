package dev.stagewright.worker;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.protocol.PhaseRuntime;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The directory of the workspace in which the containers of one attempt of the worker Pod exchange
 * files: prepare writes the plan, or marks that it failed; publish waits for either.
 *
 * @param path the directory, which may not exist yet
 */
public record AttemptDirectory(Path path) {

  /** The file with the plan, which appears complete. */
  public Path plan() {
    return path.resolve(Workspace.PLAN);
  }

  /** The file that exists if prepare failed. */
  public Path failed() {
    return path.resolve(Workspace.FAILED);
  }

  /** Publishes the plan, after everything else that stages need is on the workspace. */
  public void publishPlan(String json) throws IOException {
    Files.createDirectories(path);
    DurableFile.write(plan(), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the body of prepare that marks a failure before it ends. */
  public PhaseRuntime.Body markingFailure(PhaseRuntime.Body prepare) {
    return () -> {
      var succeeded = false;
      try {
        var termination = prepare.run();
        succeeded = !(termination instanceof Termination.Failed);
        return termination;
      } finally {
        if (!succeeded) {
          markFailed();
        }
      }
    };
  }

  /**
   * Nothing is done if the file cannot be written, for example on a full volume: the operator then
   * learns about the failure from the container of prepare.
   */
  private void markFailed() {
    try {
      Files.createDirectories(path);
      DurableFile.write(failed(), new byte[0]);
    } catch (IOException e) {
      LoggerFactory.getLogger(AttemptDirectory.class).warn("no mark of the failure", e);
    }
  }
}
