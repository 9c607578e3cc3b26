package dev.stagewright.controller.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.logs.ContainerLog.StageLog;
import dev.stagewright.controller.logs.ContainerLog.WorkerLog;
import dev.stagewright.controller.logs.ContainerLogRecorder.Change;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.LogFrame.Kind;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.Termination;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerLogRecorderTest {
  private static final String PLAN = Json.write(Plans.builderAndTarget());
  private static final Termination.Staged STAGED =
      new Termination.Staged("s0", 1, 1000, 24, SandboxKind.IN_PLACE, 90);
  private static final StageOutcome OUTCOME = new StageOutcome("s0", 1, 1000, 24, Optional.empty());
  private static final Termination PUSHED = new Termination.Pushed(Digest.of(new byte[0]), 1, 1, 1);

  private final ContainerLogRecorder worker = new ContainerLogRecorder(false);
  private final ContainerLogRecorder stage = new ContainerLogRecorder(true);

  private static String frame(Kind kind, Termination termination) {
    return LogFrame.format(kind, Json.write((Record) termination));
  }

  private WorkerLog workerLog() {
    return (WorkerLog) worker.log(false);
  }

  private StageLog stageLog() {
    return (StageLog) stage.log(false);
  }

  @Test
  void findsThePlan() {
    assertThat(worker.add("fetching")).isEqualTo(Change.NONE);
    assertThat(worker.add(LogFrame.format(Kind.PLAN, PLAN))).isEqualTo(Change.RESULT);

    assertThat(workerLog().plan()).map(PrintedPlan::json).contains(PLAN);
    assertThat(workerLog().tail().output()).containsExactly("fetching");
  }

  @Test
  void findsResultsOfStagesAndOfTheContainer() {
    assertThat(worker.add(LogFrame.format(Kind.STAGE, Json.write(OUTCOME))))
        .isEqualTo(Change.RESULT);
    assertThat(worker.add(frame(Kind.RESULT, PUSHED))).isEqualTo(Change.RESULT);

    assertThat(workerLog().stages()).containsEntry("s0", OUTCOME);
    assertThat(workerLog().result()).contains(PUSHED);
    assertThat(workerLog().isCompleteWith(Optional.of(PUSHED))).isTrue();
    assertThat(workerLog().isCompleteWith(Optional.of(STAGED))).isFalse();
    assertThat(workerLog().isCompleteWith(Optional.empty())).isFalse();
  }

  @Test
  void lastReportAboutTheCacheCounts() {
    var first = new StageCache("s0", 1, false, 10, 20, Optional.empty());
    var last = new StageCache("s0", 3, true, 30, 40, Optional.empty());

    assertThat(worker.add(LogFrame.format(Kind.CACHE, Json.write(first)))).isEqualTo(Change.RESULT);
    assertThat(worker.add(LogFrame.format(Kind.CACHE, Json.write(last)))).isEqualTo(Change.RESULT);
    assertThat(worker.add(LogFrame.format(Kind.CACHE, Json.write(last)))).isEqualTo(Change.NONE);
    assertThat(stage.add(LogFrame.format(Kind.CACHE, Json.write(last)))).isEqualTo(Change.NONE);

    assertThat(workerLog().caches()).containsOnly(Map.entry("s0", last));
  }

  @Test
  void repeatedFrameChangesNothing() {
    worker.add(LogFrame.format(Kind.PLAN, PLAN));
    worker.add(LogFrame.format(Kind.STAGE, Json.write(OUTCOME)));
    worker.add(frame(Kind.RESULT, PUSHED));

    assertThat(worker.add(LogFrame.format(Kind.PLAN, PLAN))).isEqualTo(Change.NONE);
    assertThat(worker.add(LogFrame.format(Kind.STAGE, Json.write(OUTCOME)))).isEqualTo(Change.NONE);
    assertThat(worker.add(frame(Kind.RESULT, PUSHED))).isEqualTo(Change.NONE);
  }

  @Test
  void frameWhoseDigestDoesNotFitDoesNotCount() {
    var frame = LogFrame.format(Kind.PLAN, PLAN);
    var other = Digest.of(new byte[1]).toString();
    var lie = frame.replaceFirst("sha256:[0-9a-f]+", other);

    assertThat(worker.add(lie)).isEqualTo(Change.NONE);
    assertThat(worker.add(frame.substring(0, frame.length() / 2))).isEqualTo(Change.NONE);
    assertThat(worker.add(LogFrame.format(Kind.RESULT, "{\"type\":\"Unknown\"}")))
        .isEqualTo(Change.NONE);
    assertThat(worker.add(LogFrame.format(Kind.PLAN, "{}"))).isEqualTo(Change.NONE);

    assertThat(workerLog().plan()).isEmpty();
    assertThat(workerLog().result()).isEmpty();
  }

  @Test
  void commandOfAUserCanOnlyHint() {
    assertThat(stage.add(LogFrame.format(Kind.PLAN, PLAN))).isEqualTo(Change.NONE);
    assertThat(stage.add(frame(Kind.RESULT, PUSHED))).isEqualTo(Change.PROGRESS);
    assertThat(stageLog().hintedResult()).contains(PUSHED);

    stage.add("more output");

    assertThat(stageLog().hintedResult()).isEmpty();
  }

  @Test
  void reportsStepsAndWaits() {
    assertThat(stage.add("[builder 2/3] RUN make")).isEqualTo(Change.PROGRESS);
    assertThat(stage.add("cc -c a.c")).isEqualTo(Change.NONE);
    assertThat(stageLog().tail().step()).contains("2/3 RUN make");
    assertThat(stageLog().tail().awaitedStage()).isEmpty();

    assertThat(stage.add("waiting for stage \"assets\"")).isEqualTo(Change.PROGRESS);
    assertThat(stageLog().tail().awaitedStage()).contains("assets");

    assertThat(stage.add("[builder 3/3] COPY --from=assets / /")).isEqualTo(Change.PROGRESS);
    assertThat(stageLog().tail().awaitedStage()).isEmpty();
  }
}
