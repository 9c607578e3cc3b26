package dev.stagewright.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.StageStart.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start of a stage, and a decision of publish at the same time. */
@Timeout(60)
class StageStartTest {
  @TempDir private Path stage;

  private Owner take(Owner owner) throws Exception {
    return new StageStart(stage).take(owner);
  }

  @Test
  void aStageThatHasStartedKeepsItsStart() throws Exception {
    assertThat(take(Owner.STAGE)).isEqualTo(Owner.STAGE);

    assertThat(take(Owner.PUBLISH)).isEqualTo(Owner.STAGE);
    assertThat(take(Owner.STAGE)).as("another Pod of the stage").isEqualTo(Owner.STAGE);
  }

  @Test
  void aStageStartsAfterTheDecision() throws Exception {
    assertThat(take(Owner.PUBLISH)).isEqualTo(Owner.PUBLISH);
    assertThat(take(Owner.STAGE)).isEqualTo(Owner.PUBLISH);

    new StageStart(stage).release();

    assertThat(take(Owner.STAGE)).isEqualTo(Owner.STAGE);
  }

  @Test
  void theStartOfAStageCannotBeGivenBack() throws Exception {
    var _ = take(Owner.STAGE);

    new StageStart(stage).release();

    assertThat(new StageStart(stage).owner()).contains(Owner.STAGE);
  }

  @Test
  void nothingElseRemains() throws Exception {
    var _ = take(Owner.PUBLISH);
    var _ = take(Owner.STAGE);

    assertThat(stage.toFile().list()).containsExactly("start");
    new StageStart(stage).release();
    assertThat(stage).isEmptyDirectory();
  }

  @RepeatedTest(20)
  void onlyOneOfThemGetsIt() throws Exception {
    var barrier = new CyclicBarrier(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var tasks = new ArrayList<Callable<Owner>>();
      for (var owner : Owner.values()) {
        tasks.add(() -> {
          var _ = barrier.await();
          return take(owner);
        });
      }
      var results = new HashSet<Owner>();
      for (var result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }

      assertThat(results).hasSize(1);
    }
  }
}
