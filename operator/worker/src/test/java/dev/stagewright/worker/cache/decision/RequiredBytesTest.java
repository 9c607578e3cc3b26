package dev.stagewright.worker.cache.decision;

import static dev.stagewright.worker.cache.decision.TestStages.copiedFrom;
import static dev.stagewright.worker.cache.decision.TestStages.copyFrom;
import static dev.stagewright.worker.cache.decision.TestStages.image;
import static dev.stagewright.worker.cache.decision.TestStages.onStage;
import static dev.stagewright.worker.cache.decision.TestStages.plan;
import static dev.stagewright.worker.cache.decision.TestStages.run;
import static dev.stagewright.worker.cache.decision.TestStages.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where the bytes of known steps are required. */
class RequiredBytesTest {
  private static final StagePlan BASE = stage("base", image("alpine"), run("apk add")).build();
  private static final StagePlan BUILDER = copiedFrom("builder", onStage(BASE), run("go build"));
  private static final StagePlan APP =
      stage("app", onStage(BASE), run("adduser"), copyFrom(BUILDER)).build();
  private static final Decision COMPLETE =
      new Decision.Complete(KnownResults.NONE, Optional.empty(), 0);

  private static RequiredBytes required(Decision builder, Decision app) {
    return new RequiredBytes(
        plan(BASE, BUILDER, APP), Map.of("base", COMPLETE, "builder", builder, "app", app));
  }

  private static Decision runsAfter(int count) {
    return new Decision.Run(known(count));
  }

  private static KnownResults known(int count) {
    var digest = Digest.of(new byte[0]);
    var layer = new StageResult.Layer(0, new Descriptor(MediaTypes.LAYER_GZIP, digest, 1), digest);
    return KnownResults.NONE.with(Collections.nCopies(count, layer), 0);
  }

  @Test
  void layersOfTheImageAreRequiredInItsRepositories() {
    var required = required(COMPLETE, COMPLETE);

    assertThat(List.of(BASE, BUILDER, APP))
        .filteredOn(required::layersInImage)
        .containsExactly(BASE, APP);
  }

  @Test
  void nothingIsRequiredOnTheWorkspaceIfNothingRuns() {
    var required = required(COMPLETE, COMPLETE);

    assertThat(List.of(BASE, BUILDER, APP))
        .noneMatch(required::layersOnWorkspace)
        .noneMatch(required::filesOnWorkspace);
  }

  @Test
  void aStageThatRunsRequiresItsLayersAndThoseOfItsBase() {
    var required = required(COMPLETE, runsAfter(1));

    assertThat(required.layersOnWorkspace(APP)).isTrue();
    assertThat(required.layersOnWorkspace(BASE)).isTrue();
    assertThat(required.layersOnWorkspace(BUILDER)).isFalse();
  }

  @Test
  void filesAreRequiredByTheStepsThatRun() {
    assertThat(required(COMPLETE, runsAfter(1)).filesOnWorkspace(BUILDER)).isTrue();
    assertThat(required(COMPLETE, runsAfter(2)).filesOnWorkspace(BUILDER)).isFalse();
  }

  @Test
  void filesAreRequiredByStepsThatMayRun() {
    var waits = new Decision.Wait(known(1), Set.of("base"));

    assertThat(required(COMPLETE, waits).filesOnWorkspace(BUILDER)).isTrue();
  }
}
