package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the results that the operator's unit tests expect of strategic merge patches with those
 * of the API server. The patched objects are PodTemplates, which unlike Pods can be changed.
 */
@ExtendWith(StagewrightExtension.class)
class StrategicMergeIT {
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLE =
      "operator/controller/src/test/resources/dev/stagewright/controller/template/"
          + "strategic-merge.yaml";

  private final String name = "patched-" + Environment.randomId();

  @TempDir private Path directory;

  /** One namespace for all cases, whose objects have different names. */
  @BeforeAll
  static void shareNamespace(TestNamespace namespace) {
    // The parameter creates it.
  }

  static Stream<Arguments> cases() throws IOException {
    var table = new YAMLMapper().readTree(LocalCluster.repository().resolve(TABLE).toFile());
    return StreamSupport.stream(table.spliterator(), false)
        .map(row -> Arguments.of(row.required("rule").asText(), row));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theApiServerMergesAsTheOperatorDoes(String rule, JsonNode row, TestNamespace namespace)
      throws IOException {
    var patch = row.path("kubectlPatch");
    if (patch.isMissingNode()) {
      patch = row.required("patch");
    }
    var expected =
        kubectl(namespace, "create", "--dry-run=server", "-f", write(row.required("result")));
    kubectl(namespace, "create", "-f", write(row.required("object")));

    var patched =
        kubectl(
            namespace,
            "patch",
            "podtemplate",
            name,
            "--type=strategic",
            "--dry-run=server",
            "-p",
            JSON.createObjectNode().set("template", patch).toString());

    assertThat(patched.required("template")).as(rule).isEqualTo(expected.required("template"));
  }

  private static JsonNode kubectl(TestNamespace namespace, String... arguments) throws IOException {
    var command =
        Stream.concat(
            Stream.of("kubectl", "-n", namespace.name(), "-o", "json"), Stream.of(arguments));
    var output = namespace.environment().tools().output(QUICK, command.toArray(String[]::new));
    // Warnings of the API server come before the object.
    return JSON.readTree(output.substring(output.indexOf('{')));
  }

  private String write(JsonNode template) throws IOException {
    var object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "PodTemplate");
    object.putObject("metadata").put("name", name);
    object.set("template", withContainer(template.deepCopy()));
    return Files.writeString(directory.resolve("object.json"), object.toString()).toString();
  }

  /** The API server requires a container, which most cases of the table leave out. */
  private static JsonNode withContainer(ObjectNode template) {
    var spec = template.withObject("/spec");
    if (!spec.has("containers")) {
      spec.putArray("containers").addObject().put("name", "main").put("image", "busybox");
    }
    return template;
  }
}
