package dev.stagewright.stage;

import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.WaitMarker;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for the results of other stages of the build. */
final class StageAwaiter {
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  /** A result is noticed after at most this part of the time that it took. */
  private static final int PART = 100;

  private final BuildPlan plan;
  private final Path folder;
  private final StageLog log;

  /**
   * Waits for stages of this plan.
   *
   * @param folder parent of the directories of the stages
   */
  StageAwaiter(BuildPlan plan, Path folder, StageLog log) {
    this.plan = plan;
    this.folder = folder;
    this.log = log;
  }

  /** The directory of a stage. */
  Path folder(String id) {
    return folder.resolve(id);
  }

  /**
   * Waits until a stage has succeeded and reads its result. There is no timeout: the operator stops
   * this Pod if the other stage fails.
   *
   * @throws InterruptedIOException if the thread is interrupted, which the worker does in that case
   */
  StageResult await(String id) throws IOException {
    var result = folder(id).resolve(Workspace.RESULT);
    var waited = 0L;
    for (var logged = false; !isDone(id); logged = true) {
      if (!logged) {
        log.line(new WaitMarker(plan.stage(id).name()).toString());
      }
      var pause = Math.clamp(waited / PART, SHORTEST_PAUSE, LONGEST_PAUSE);
      LockSupport.parkNanos(pause);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while waiting for stage " + id);
      }
      waited += pause;
    }
    return Json.read(new UntrustedFile(result).text(), StageResult.class);
  }

  /**
   * Lists the directory, since network file systems may cache for a while that a file is missing.
   */
  private boolean isDone(String id) {
    var names = folder(id).toFile().list();
    return names != null && Arrays.asList(names).contains(Workspace.RESULT);
  }
}
