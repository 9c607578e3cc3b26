package dev.stagewright.stage;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import dev.stagewright.stage.base.BaseImages;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.mount.MountFolders;
import dev.stagewright.stage.sandbox.DirectorySandbox;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs stages without RUN on directories, in this process and without a Pod. The result on the
 * workspace is that of a Pod. Several stages can run at the same time, each on its own platform
 * thread.
 *
 * @param plan plan of the build
 * @param bases unpacks base images
 * @param scratch directory for the roots of stages, which are removed afterwards
 * @param log receives the lines of the log
 */
public record DirectoryStage(BuildPlan plan, BaseImages bases, Path scratch, Consumer<String> log) {

  /**
   * Runs a stage, and waits for the stages that it needs.
   *
   * @throws BuildFailedException if an instruction fails
   * @throws InterruptedIOException if the thread is interrupted while it waits for another stage
   */
  public Termination.Staged run(StagePlan stage, StageFolders folders) throws IOException {
    var start = System.nanoTime();
    var own = Files.createTempDirectory(Files.createDirectories(scratch), stage.id() + "-");
    try (var lines = new LineOutput(log)) {
      var root = Files.createDirectory(own.resolve("root"));
      try (var files = RootFileSystem.open(root)) {
        // As in images: the umask of this process does not matter.
        files.setMode("", 0755);
      }
      var environment =
          new StageEnvironment(
              folders,
              MountFolders.below(own.resolve("mounts"), own),
              bases,
              0,
              () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      try (var sandbox = DirectorySandbox.open(root, own)) {
        return new StageRun(plan, stage, environment, new StageLog(lines)).run(sandbox);
      }
    } finally {
      remove(own.getFileName().toString());
    }
  }

  private void remove(String name) {
    try (var files = RootFileSystem.openConfined(scratch)) {
      new FileCreator(files).remove(name);
    } catch (IOException | StackOverflowError e) {
      log.accept("the files of the stage could not be removed: " + e);
    }
  }
}
