package dev.stagewright.controller;

import static dev.stagewright.controller.support.PublishLog.allOf;
import static dev.stagewright.controller.support.PublishLog.builderAndTarget;
import static dev.stagewright.controller.support.PublishLog.nothingOf;
import static dev.stagewright.controller.support.PublishLog.outcome;
import static dev.stagewright.controller.support.PublishLog.prepared;
import static dev.stagewright.controller.support.PublishLog.pushed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.PublishLog;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs with and without a cache, and their ends. */
class CacheSettingsTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM x}}\n";
  private static final String BUILDER = "hello-1-s0";
  private static final String TARGET = "hello-1-s1";

  private final Walk walk = prepared(Builds.hello(SOURCE), builderAndTarget());
  private final PublishLog log = new PublishLog(walk);

  @Test
  void buildWithoutACacheDoesNotWait() {
    for (var disabled :
        List.of(
            prepared(Builds.hello(SOURCE + "cache: {disabled: true}"), builderAndTarget()),
            Walk.prepared(Builds.hello(SOURCE), builderAndTarget()))) {
      assertThat(disabled.cluster().names()).contains(BUILDER);
      assertThat(disabled.stage("s0").cached()).isNull();
      assertThat(request(disabled)).doesNotContain("\"cache\"");
    }
  }

  @Test
  void changeOfTheConfigurationDoesNotAffectARun() {
    walk.configure(Builds.config()).reconcile();
    assertThat(walk.cluster().names()).doesNotContain(BUILDER);

    log.print(nothingOf("s0"));
    assertThat(walk.cluster().names()).contains(BUILDER);
  }

  @Test
  void annotationIgnoresRecordsOfRunsThatStart() {
    var build = Builds.hello(SOURCE);
    build.getMetadata().getAnnotations().put("stagewright.dev/no-cache", "true");
    var ignoring = prepared(build, builderAndTarget());
    build.getMetadata().getAnnotations().clear();
    new PublishLog(ignoring).print(nothingOf("s0"));

    assertThat(request(ignoring)).contains("\"ignoreRecords\":true");
    assertThat(ignoring.status().cache()).extracting("recordsIgnored").isEqualTo(true);
    assertThat(request(walk)).contains("\"ignoreRecords\":false");
  }

  @Test
  void unchangedImageSucceeds() {
    log.print(allOf("s0", 3), outcome("s0"), allOf("s1", 1), outcome("s1"), pushed(true));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.condition("Ready")).isEqualTo("True Unchanged");
    assertThat(walk.condition("Pushed")).isEqualTo("True Pushed");
    assertThat(walk.status().hasUnchangedImage()).isTrue();
    assertThat(walk.status().image()).isNotNull();
    assertThat(walk.cluster().events())
        .last()
        .asString()
        .startsWith("Succeeded: unchanged: registry.example.com/team/hello:1@sha256:");
  }

  @Test
  void publishWritesRecordsAfterASuccess() {
    log.print(allOf("s0", 3), outcome("s0"), allOf("s1", 1), outcome("s1"), pushed(true));

    walk.after(Duration.ofSeconds(59));
    assertThat(walk.cluster().ended()).isEmpty();
    walk.after(Duration.ofSeconds(1));
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
  }

  @Test
  void publishIsToldAtOnceThatTheRunHasFailed() {
    log.print(nothingOf("s0"), nothingOf("s1"));
    walk.start(BUILDER).reconcile().start(TARGET).reconcile();
    var failure = Failure.of(FailureReason.RunFailed, "exit code 1");
    walk.fail(BUILDER, Phase.STAGE, failure).reconcile().reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
    assertThat(walk.cluster().names()).contains("hello-1-worker").doesNotContain(TARGET);
    assertThat(
            walk.cluster()
                .pod("team", "hello-1-worker")
                .orElseThrow()
                .getSpec()
                .getTerminationGracePeriodSeconds())
        .as("time to write records")
        .isEqualTo(30);
  }

  @Test
  void runWithoutStagesHasNothingToRecord() {
    var failing = new Walk(Builds.hello(SOURCE), Builds.cachingConfig()).reconcile();
    var failure = Failure.of(FailureReason.DockerfileInvalid, "line 1");
    failing.fail("hello-1-worker/prepare", Phase.PREPARE, failure).reconcile().reconcile();

    assertThat(failing.cluster().ended()).containsExactly("hello-1-worker");
  }

  @Test
  void nextRunDoesNotWaitForRecords() {
    log.print(nothingOf("s0"));
    var failure = Failure.of(FailureReason.RunFailed, "exit code 1");
    walk.start(BUILDER).fail(BUILDER, Phase.STAGE, failure).reconcile().reconcile();

    walk.change(Builds.spec(SOURCE + "target: builder")).reconcile().reconcile();

    assertThat(walk.cluster().names()).contains("hello-2-worker").doesNotContain("hello-1-worker");
  }

  private static String request(Walk walk) {
    return walk.cluster()
        .configMap("team", "hello-1-request")
        .orElseThrow()
        .getData()
        .values()
        .iterator()
        .next();
  }
}
