package dev.stagewright.stage;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.stage.base.BaseImages;
import dev.stagewright.stage.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;

/** Runs a stage in its Pod. */
final class StagePod {
  private StageOptions options;
  private final StageLog log;

  StagePod(StageOptions options, StageLog log) {
    this.options = options;
    this.log = log;
  }

  /** Runs the stage. Its result, or the marker of its failure, is on the workspace afterwards. */
  Termination.Staged run() throws IOException {
    return new FailureMarker(() -> options.own(), log::line).mark(this::attempt);
  }

  private Termination.Staged attempt() throws IOException {
    var plan = Json.read(Files.readString(options.plan()), BuildPlan.class);
    var opening = new StageSandbox(options, plan, log);
    try {
      var sandbox = opening.open();
      var environment =
          new StageEnvironment(
              opening.options().folders(),
              opening.options().mounts(),
              BaseImages.OF_CONTAINER,
              () -> new Processes().ageMillis());
      return new StageRun(plan, plan.stage(options.stage()), environment, log).run(sandbox);
    } finally {
      options = opening.options();
    }
  }
}
