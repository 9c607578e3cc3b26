package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The status of builds according to the tools that wait for it: kstatus, the library of Flux, and
 * the Lua scripts for Argo CD. The states of the table are those that the unit tests of the
 * operator write.
 */
@ExtendWith(StagewrightExtension.class)
class GitOpsToolsIT {
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATES =
      "operator/controller/src/test/resources/dev/stagewright/controller/build-states.yaml";
  private static final String ARGOCD_CM = "deploy/argocd/argocd-cm.yaml";

  @TempDir private Path directory;

  @Test
  void toolsShowEveryState(Environment environment) throws IOException {
    var states = new YAMLMapper().readTree(LocalCluster.repository().resolve(STATES).toFile());

    assertThat(table(environment, states))
        .isEqualTo(
            """
            new: InProgress, Progressing, [rebuild]
            queued: InProgress, Progressing, [cancel, rebuild]
            preparing: InProgress, Progressing, [cancel, rebuild]
            building: InProgress, Progressing, [cancel, rebuild]
            waiting-for-image: InProgress, Progressing, [cancel, rebuild]
            pushing: InProgress, Progressing, [cancel, rebuild]
            succeeded: Current, Healthy, [rebuild]
            failed-in-prepare: Failed, Degraded, [rebuild, retry]
            failed-in-stage: Failed, Degraded, [rebuild, retry]
            spec-changed: InProgress, Progressing, [rebuild]
            superseded: InProgress, Progressing, [cancel, rebuild]
            rebuild-requested: Current, Progressing, [rebuild]
            rebuilding: InProgress, Progressing, [cancel, rebuild]
            suspended: Failed, Suspended, []
            suspended-after-success: Failed, Suspended, []
            terminating: Terminating, Progressing, [rebuild]
            """);
    assertThat(messages(environment, states))
        .containsEntry("queued", "position 3 in the queue: full")
        .containsEntry("failed-in-stage", "stage 0: exit code 1")
        .containsEntry("suspended", "spec.suspend is set; unset it to build this spec");
  }

  @Test
  void toolsFollowABuild(TestNamespace namespace) throws IOException {
    var unprocessed =
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {name: build, labels: {stagewright.dev/operator: nobody}}
        spec:
          source: {inline: {dockerfile: FROM busybox}}
          output: {image: registry.example.com/team/app:1}
        """;
    namespace.apply(unprocessed);
    assertThat(view(namespace)).isEqualTo("InProgress, Progressing");

    var latch = namespace.latch("built");
    var build = namespace.inline("build", "FROM busybox\nRUN " + latch.command() + "\n", Map.of());
    build.await(it -> it.hasStage("0", "Running"));
    assertThat(view(namespace)).isEqualTo("InProgress, Progressing");
    latch.release();
    build.awaitSuccess();
    assertThat(view(namespace)).isEqualTo("Current, Healthy");

    namespace.inline("build", "FROM busybox\nRUN false\n", Map.of());
    build.awaitPhase("Failed");
    assertThat(view(namespace)).isEqualTo("Failed, Degraded");
  }

  @Test
  void actionOfArgoCdCancelsTheRun(Environment environment) throws IOException {
    var states = new YAMLMapper().readTree(LocalCluster.repository().resolve(STATES).toFile());

    var cancelled = view(environment, states, "action", argocdCm(), "cancel");

    assertThat(cancelled.at("/1/metadata/name").asText()).isEqualTo("queued");
    assertThat(cancelled.at("/1/metadata/annotations/stagewright.dev~1cancel").asText())
        .isEqualTo("1");
  }

  @Test
  void actionOfArgoCdStartsARun(TestNamespace namespace) throws IOException {
    var build = namespace.inline("build", "FROM busybox\n", Map.of());
    build.awaitSuccess();

    for (var run = 2; run <= 4; run++) {
      var changed =
          view(namespace.environment(), object(namespace), "action", argocdCm(), "rebuild");
      var value = changed.at("/0/metadata/annotations/stagewright.dev~1rebuild").asText();
      annotate(namespace, value + " " + run);
      var number = Integer.toString(run);
      build.await(it -> it.text("run").equals(number) && it.phase().equals("Succeeded"));
    }

    assertThat(view(namespace)).isEqualTo("Current, Healthy");
    assertThat(build.list("history"))
        .extracting(record -> record.get("run"), record -> record.get("generation"))
        .containsExactly(tuple(3, 1), tuple(2, 1), tuple(1, 1));
  }

  private static void annotate(TestNamespace namespace, String value) {
    namespace
        .environment()
        .tools()
        .output(
            QUICK,
            "kubectl",
            "-n",
            namespace.name(),
            "annotate",
            "--overwrite",
            "ib",
            "build",
            "stagewright.dev/rebuild=" + value);
  }

  /** A line for each object: its status, its health, and its enabled actions. */
  private String table(Environment environment, JsonNode objects) throws IOException {
    var statuses = view(environment, objects, "kstatus");
    var health = view(environment, objects, "health", argocdCm());
    var actions = view(environment, objects, "actions", argocdCm());
    var lines = new StringBuilder();
    for (var i = 0; i < statuses.size(); i++) {
      lines.append(
          "%s: %s, %s, %s\n"
              .formatted(
                  statuses.get(i).path("name").asText(),
                  statuses.get(i).path("status").asText(),
                  health.get(i).path("status").asText(),
                  texts(actions.get(i))));
    }
    return lines.toString();
  }

  /** The message of each object that a user of Argo CD reads. */
  private Map<String, String> messages(Environment environment, JsonNode objects)
      throws IOException {
    var messages = new LinkedHashMap<String, String>();
    view(environment, objects, "health", argocdCm())
        .forEach(it -> messages.put(it.path("name").asText(), it.path("message").asText()));
    return messages;
  }

  private String view(TestNamespace namespace) throws IOException {
    var environment = namespace.environment();
    var object = object(namespace);
    return view(environment, object, "kstatus").at("/0/status").asText()
        + ", "
        + view(environment, object, "health", argocdCm()).at("/0/status").asText();
  }

  private static JsonNode object(TestNamespace namespace) throws IOException {
    return JSON.readTree(
        namespace
            .environment()
            .tools()
            .output(QUICK, "kubectl", "-n", namespace.name(), "get", "ib", "build", "-o", "json"));
  }

  private static String argocdCm() {
    return LocalCluster.repository().resolve(ARGOCD_CM).toString();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private JsonNode view(Environment environment, JsonNode objects, String... arguments) {
    try {
      var input = Files.writeString(directory.resolve("objects.json"), objects.toString());
      var command =
          Stream.concat(
              Stream.of("sh", "-c", "exec gitops-view \"$@\" <" + input, "sh"),
              Stream.of(arguments));
      return JSON.readTree(environment.tools().output(QUICK, command.toArray(String[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
