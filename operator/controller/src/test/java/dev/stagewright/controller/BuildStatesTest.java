package dev.stagewright.controller;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The states of an ImageBuild that GitOps tools evaluate, as the operator writes them. The
 * end-to-end tests show the file with these states to the libraries of the tools. Run with {@code
 * -Dstates.update=true} to write it.
 */
class BuildStatesTest {
  private static final Path FILE =
      Path.of("src/test/resources/dev/stagewright/controller/build-states.yaml");
  private static final BuildPlan PLAN = Plans.of(Plans.stage("s0", "0", Plans.image("alpine")));
  private static final String SOURCE = "source: {inline: {dockerfile: FROM alpine}}\n";

  private final ObjectMapper yaml = new YAMLMapper();
  private final ObjectNode list =
      yaml.createObjectNode().put("apiVersion", "v1").put("kind", "List");

  /** What happens to a build until it is in a state, by the name of the state. */
  private static Map<String, Consumer<Walk>> states(ImageBuild build) {
    var states = new LinkedHashMap<String, Consumer<Walk>>();
    states.put("new", _ -> {});
    states.put(
        "queued",
        walk ->
            walk.queuePosition(
                    new QueuePosition.Queued(3, Instant.parse("2026-11-21T10:00:00Z"), "full"))
                .reconcile());
    states.put("preparing", Walk::reconcile);
    states.put("building", BuildStatesTest::startStage);
    states.put(
        "waiting-for-image",
        walk -> {
          prepare(walk);
          walk.setWaiting("hello-1-s0", "ImagePullBackOff", "no such image").reconcile();
        });
    states.put("pushing", BuildStatesTest::build);
    states.put("succeeded", BuildStatesTest::succeed);
    states.put(
        "failed-in-prepare",
        walk ->
            walk.reconcile()
                .fail(
                    "hello-1-worker/prepare",
                    Phase.PREPARE,
                    Failure.of(FailureReason.InvalidRequest, "no such Dockerfile"))
                .reconcile());
    states.put(
        "failed-in-stage",
        walk -> {
          startStage(walk);
          walk.fail("hello-1-s0", Phase.STAGE, Failure.of(FailureReason.RunFailed, "exit code 1"))
              .reconcile();
        });
    states.put(
        "spec-changed",
        walk -> {
          succeed(walk);
          walk.change(Builds.spec(SOURCE));
        });
    states.put(
        "superseded",
        walk -> {
          startStage(walk);
          walk.change(Builds.spec(SOURCE + "concurrencyPolicy: LatestOnly")).reconcile();
        });
    states.put(
        "rebuild-requested",
        walk -> {
          succeed(walk);
          build.getMetadata().getAnnotations().put(ImageBuild.REBUILD_ANNOTATION, "7");
        });
    states.put(
        "rebuilding",
        walk -> {
          succeed(walk);
          build.getMetadata().getAnnotations().put(ImageBuild.REBUILD_ANNOTATION, "7");
          walk.reconcile();
        });
    states.put("suspended", walk -> walk.change(Builds.spec(SOURCE + "suspend: true")).reconcile());
    states.put(
        "suspended-after-success",
        walk -> {
          succeed(walk);
          walk.change(Builds.spec(SOURCE + "suspend: true")).reconcile();
        });
    states.put(
        "terminating",
        walk -> {
          succeed(walk);
          build.getMetadata().setDeletionTimestamp("2026-11-21T11:00:00Z");
        });
    return states;
  }

  private static void prepare(Walk walk) {
    walk.reconcile().completePrepareOf(1, PLAN).reconcile();
  }

  private static void startStage(Walk walk) {
    prepare(walk);
    walk.start("hello-1-s0").reconcile();
  }

  private static void build(Walk walk) {
    prepare(walk);
    walk.completeStage("hello-1-s0", "s0").reconcile();
  }

  private static void succeed(Walk walk) {
    build(walk);
    walk.completePublish("hello-1-worker/publish").reconcile();
  }

  @Test
  void fileHasAllStates() throws IOException {
    var items = list.putArray("items");
    for (var state : states(Builds.hello(SOURCE)).keySet()) {
      var build = Builds.hello(SOURCE + "concurrencyPolicy: LatestOnly");
      requireNonNull(states(build).get(state)).accept(new Walk(build));
      items.add(asToolsSeeIt(state, build));
    }
    var expected = yaml.writeValueAsString(list);

    if (Boolean.getBoolean("states.update")) {
      Files.writeString(FILE, expected);
    }
    assertThat(FILE).content().isEqualTo(expected);
  }

  /** The fields that the tools read. The API server adds the default of the status. */
  private ObjectNode asToolsSeeIt(String name, ImageBuild build) {
    ObjectNode all = yaml.valueToTree(build);
    var seen = yaml.createObjectNode();
    seen.set("apiVersion", all.get("apiVersion"));
    seen.set("kind", all.get("kind"));
    var metadata = seen.putObject("metadata").put("name", name);
    copy(all.get("metadata"), metadata, "generation", "annotations", "deletionTimestamp");
    copy(all.get("spec"), seen.putObject("spec"), "suspend");
    var status = seen.putObject("status");
    if (build.getStatus() == null) {
      status.put("observedGeneration", -1);
    } else {
      copy(
          all.get("status"),
          status,
          "observedGeneration",
          "observedRebuild",
          "phase",
          "conditions");
    }
    return seen;
  }

  private static void copy(JsonNode from, ObjectNode to, String... fields) {
    for (var field : List.of(fields)) {
      if (from.has(field)) {
        to.set(field, from.get(field));
      }
    }
  }
}
