package dev.stagewright.worker.publish;

import dev.stagewright.registry.call.Sleeper;
import dev.stagewright.worker.cache.decision.StageDecisions;
import java.io.IOException;
import java.time.Duration;

/**
 * Looks for requests of stages that cannot start from the image with their known steps. It only
 * looks at the directories of stages that have such an image.
 *
 * @param decisions decisions about the stages
 * @param sleeper waits before another look
 */
record LayerRequests(StageDecisions decisions, Sleeper sleeper) {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Returns when no stage can request anything. */
  void await() throws IOException, InterruptedException {
    while (decisions.mayRequestLayers()) {
      sleeper.sleep(PAUSE);
      decisions.provideLayers();
    }
  }
}
