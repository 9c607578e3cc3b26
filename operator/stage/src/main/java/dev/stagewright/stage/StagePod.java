package dev.stagewright.stage;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.stage.base.BaseImages;
import dev.stagewright.stage.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Runs a stage in its Pod.
 *
 * @param options options of the command line
 * @param log log of the Pod
 */
record StagePod(StageOptions options, StageLog log) {

  /** Runs the stage. Its result is on the workspace afterwards. */
  Termination.Staged run() throws IOException {
    var plan = Json.read(Files.readString(options.plan()), BuildPlan.class);
    var opening = new StageSandbox(options, plan, log);
    var sandbox = opening.open();
    var environment =
        new StageEnvironment(
            opening.options().folders(),
            opening.options().mounts(),
            BaseImages.OF_CONTAINER,
            options.imageLayers(),
            () -> new Processes().ageMillis());
    return new StageRun(plan, plan.stage(options.stage()), environment, log).run(sandbox);
  }
}
