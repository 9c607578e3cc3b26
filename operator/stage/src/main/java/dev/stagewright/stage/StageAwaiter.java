package dev.stagewright.stage;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.WaitMarker;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The other stages of the build: waits until they are done. */
final class StageAwaiter {
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final BuildPlan plan;
  private final Path folder;
  private final StageLog log;

  /**
   * Of this build.
   *
   * @param folder of their folders, by id
   */
  StageAwaiter(BuildPlan plan, Path folder, StageLog log) {
    this.plan = plan;
    this.folder = folder;
    this.log = log;
  }

  /** A stage's folder. */
  Path folder(String id) {
    return folder.resolve(id);
  }

  /**
   * What a stage left, once it is done. Waits without end: whoever started this Pod ends it when
   * the other stage fails.
   */
  StageResult await(String id) throws IOException {
    var result = folder(id).resolve(Workspace.RESULT);
    var pause = FIRST_PAUSE;
    for (var told = false; !isDone(id); told = true) {
      if (!told) {
        log.line(new WaitMarker(plan.stage(id).name()).toString());
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause + pause / 2, LONGEST_PAUSE);
    }
    return Json.read(Files.readString(result), StageResult.class);
  }

  /**
   * By listing the folder: network file systems may remember for a while that a name is missing.
   */
  private boolean isDone(String id) {
    var names = folder(id).toFile().list();
    return names != null && Arrays.asList(names).contains(Workspace.RESULT);
  }
}
