package dev.stagewright.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.TriggerStatus;
import dev.stagewright.controller.support.Builds;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunStartTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM busybox}}\n";
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private ImageBuild build = Builds.hello(SOURCE);

  private RunStart at(Instant time) {
    return RunStart.of(RunInputs.of(build), time);
  }

  /** Writes the status of the run that the build requires now. */
  private void begin(Instant time, BuildPhase phase) {
    var start = at(time);
    build.setStatus(
        ImageBuildStatus.builder(start.generation(), phase)
            .run(start.number())
            .trigger(start.trigger())
            .observedRebuild(start.rebuild().orElse(null))
            .lastScheduleTime(start.scheduled().map(Instant::toString).orElse(null))
            .completionTime(phase.isFinal() ? time.toString() : null)
            .build());
  }

  private void change() {
    build.getMetadata().setGeneration(build.getMetadata().getGeneration() + 1);
  }

  private void rebuild(String value) {
    build.getMetadata().getAnnotations().put(ImageBuild.REBUILD_ANNOTATION, value);
  }

  private void schedule(String cron) {
    build.setSpec(Builds.spec(SOURCE + "schedule: {cron: '" + cron + "'}"));
  }

  @Test
  void firstRunHasTheNumberOfTheGeneration() {
    change();

    assertThat(at(NOON)).isEqualTo(RunStart.ofGeneration(2, 2));
  }

  @Test
  void sameRunUntilSomethingChanges() {
    begin(NOON, BuildPhase.Building);
    assertThat(at(NOON).number()).isEqualTo(1);

    begin(NOON, BuildPhase.Succeeded);
    assertThat(at(NOON.plusSeconds(100_000)).number()).isEqualTo(1);
  }

  @Test
  void annotationStartsARunOfTheSameGeneration() {
    begin(NOON, BuildPhase.Succeeded);
    rebuild("nightly-7");

    var start = at(NOON);

    assertThat(start.number()).isEqualTo(2);
    assertThat(start.generation()).isEqualTo(1);
    assertThat(start.trigger().type()).isEqualTo(TriggerStatus.Type.Rebuild);
    assertThat(start.trigger().message())
        .isEqualTo("annotation stagewright.dev/rebuild: nightly-7");
    begin(NOON, BuildPhase.Building);
    assertThat(at(NOON)).isEqualTo(start);
  }

  @Test
  void eachValueOfTheAnnotationStartsOneRun() {
    rebuild("1");
    begin(NOON, BuildPhase.Succeeded);
    assertThat(at(NOON).number()).as("part of the first run").isEqualTo(1);

    rebuild("2");
    begin(NOON, BuildPhase.Building);
    rebuild("");
    assertThat(at(NOON).number()).as("removed").isEqualTo(2);
    rebuild("2");
    assertThat(at(NOON).number()).as("set again").isEqualTo(2);
  }

  @Test
  void numbersIncreaseAfterRunsWithoutAChangeOfTheSpec() {
    begin(NOON, BuildPhase.Succeeded);
    rebuild("1");
    begin(NOON, BuildPhase.Succeeded);
    rebuild("2");
    begin(NOON, BuildPhase.Succeeded);
    change();

    assertThat(at(NOON).number()).isEqualTo(4);
    assertThat(at(NOON).generation()).isEqualTo(2);
    assertThat(at(NOON).trigger().type()).isEqualTo(TriggerStatus.Type.Spec);
    assertThat(at(NOON).rebuild()).contains("2");
  }

  @Test
  void changeOfTheSpecIncludesOtherTriggers() {
    begin(NOON, BuildPhase.Succeeded);
    rebuild("1");
    change();
    begin(NOON, BuildPhase.Succeeded);

    assertThat(at(NOON).number()).isEqualTo(2);
  }

  @Test
  void timeOfTheScheduleStartsARun() {
    schedule("30 * * * *");
    begin(NOON, BuildPhase.Succeeded);
    assertThat(at(NOON.plusSeconds(1799)).number()).isEqualTo(1);

    var start = at(NOON.plusSeconds(1800));

    assertThat(start.number()).isEqualTo(2);
    assertThat(start.trigger().type()).isEqualTo(TriggerStatus.Type.Schedule);
    assertThat(start.trigger().message()).isEqualTo("scheduled for 2026-11-21T12:30:00Z");
    begin(NOON.plusSeconds(1801), BuildPhase.Succeeded);
    assertThat(at(NOON.plusSeconds(1801)).number()).isEqualTo(2);
    assertThat(RunStart.nextTime(build, NOON.plusSeconds(1801)))
        .contains(Instant.parse("2026-11-21T13:30:00Z"));
  }

  @Test
  void scheduledRunWaitsForTheEndOfAnActiveRun() {
    schedule("30 * * * *");
    begin(NOON, BuildPhase.Building);
    var late = NOON.plusSeconds(2 * 3600);
    assertThat(at(late).number()).isEqualTo(1);

    var lastScheduled = build.getStatus().lastScheduleTime();
    build.setStatus(
        ImageBuildStatus.builder(1, BuildPhase.Succeeded)
            .run(1L)
            .lastScheduleTime(lastScheduled)
            .completionTime(late.toString())
            .build());
    assertThat(at(late).number()).as("both missed times in one run").isEqualTo(2);
    assertThat(at(late).scheduled()).contains(Instant.parse("2026-11-21T13:30:00Z"));
  }

  @Test
  void suspendedBuildHasNoTriggers() {
    begin(NOON, BuildPhase.Cancelled);
    build.setSpec(Builds.spec(SOURCE + "suspend: true\nschedule: {cron: '@hourly'}"));
    rebuild("1");

    assertThat(at(NOON.plusSeconds(7200)).number()).isEqualTo(1);
    assertThat(RunStart.nextTime(build, NOON)).isEmpty();
  }

  @Test
  void statusOfAnEarlierVersionHasNoNumber() {
    change();
    build.setStatus(ImageBuildStatus.builder(2, BuildPhase.Succeeded).build());

    assertThat(at(NOON)).isEqualTo(RunStart.ofGeneration(2, 2));
  }
}
