package dev.stagewright.stage;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The empty file on the workspace that says that the last attempt to run a stage has failed.
 *
 * @param own directory of the stage, which may move while the stage runs
 * @param log receives a line if the file cannot be written
 */
record FailureMarker(Supplier<Path> own, Consumer<String> log) {

  /** An attempt to run a stage. */
  @FunctionalInterface
  interface Attempt {
    /** Runs the stage. */
    Termination.Staged run() throws IOException;
  }

  /** Runs a stage. The marker exists afterwards if it has failed, whatever the reason. */
  Termination.Staged mark(Attempt attempt) throws IOException {
    var failed = true;
    try {
      remove();
      var result = attempt.run();
      failed = false;
      return result;
    } finally {
      if (failed) {
        write();
      }
    }
  }

  private void remove() {
    try {
      Files.deleteIfExists(own.get().resolve(Workspace.FAILED));
    } catch (IOException e) {
      log.accept("the failure of an earlier attempt cannot be removed from the workspace: " + e);
    }
  }

  /** Never fails: the failure of the stage is more important. */
  private void write() {
    var folder = own.get();
    // An interrupted stage was stopped, and a result of another Pod is kept.
    if (Thread.currentThread().isInterrupted() || Files.exists(folder.resolve(Workspace.RESULT))) {
      return;
    }
    try {
      DurableFile.write(Files.createDirectories(folder).resolve(Workspace.FAILED), new byte[0]);
    } catch (IOException | RuntimeException e) {
      log.accept("the failure of the stage cannot be noted on the workspace: " + e);
    }
  }
}
