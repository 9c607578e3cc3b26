package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.util.Set;

/**
 * Fetches the layers of known steps for stages whose Pods do not run the image that contains them:
 * a node could not pull it, or the first Pod was lost.
 *
 * @param made decisions that were made
 * @param blobs fetches to the workspace
 * @param files requests of stages
 */
record RequestedLayers(MadeDecisions made, CachedBlobs blobs, DecisionFiles files, Log log) {

  /**
   * Looks once for requests.
   *
   * @throws IOException if layers are gone whose stage had started already
   */
  void provide() throws IOException, InterruptedException {
    for (var stage : made.withoutLayers()) {
      if (files.requestsLayers(stage)) {
        provide(stage);
      }
    }
  }

  private void provide(StagePlan stage) throws IOException, InterruptedException {
    var decision = made.of(stage).orElseThrow();
    try {
      blobs.fetchLayers(stage.id(), decision.known());
    } catch (IOException e) {
      runAll(stage, e);
      return;
    }
    made.layersFetched(stage, decision);
  }

  private void runAll(StagePlan stage, IOException failure) throws IOException {
    if (files.hasStarted(stage)) {
      throw new IOException(
          "stage " + stage.name() + " lacks the layers of cached steps: " + failure.getMessage(),
          failure);
    }
    log.print("[" + stage.name() + "] cached steps cannot be used: " + failure.getMessage());
    made.reject(Set.of(stage.id()));
    made.make(stage, Decision.Run.ALL, Secured.NOTHING, made.all());
  }
}
