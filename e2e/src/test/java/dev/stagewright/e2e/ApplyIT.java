package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stagewright.e2e.Manifests.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An ImageBuild that is applied again does not change, and tools find no difference between the
 * manifest and the object.
 */
@ExtendWith(StagewrightExtension.class)
class ApplyIT {
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * Values that an API server could replace by another form, and lists whose elements have
   * defaults.
   */
  private static final String FORMS =
      """
      spec:
        source: {git: {url: https://git.example.com/app.git}}
        buildArgs: {}
        output:
          image: registry.example.com/team/app:1
          tags: []
          additionalImages:
            - image: mirror.example.com/team/app:1
              caBundle: {configMap: {name: ca}}
            - {image: mirror.example.com/team/app:2, insecure: false}
          harbor: {timeout: 600s}
        workspace: {size: 10240Mi}
        timeout: 60m
        ttlAfterFinished: 1h0m
        cache: {ttl: 48h, mounts: {sizeLimit: 10737418240}}
        checks: {maxSize: 1e9}
        retries: 2
        suspend: false
        stages:
          - name: builder
            timeout: 600s
            resources:
              requests: {cpu: 0.5, memory: 1024Mi}
              limits: {cpu: 1000m, memory: 1073741824}
            outOfMemoryRetry: {maxMemory: 4096Mi}
            volumes: [{mountPath: /data, secret: {name: data}}]
            podTemplate: {spec: {containers: [{name: main, resources: {limits: {cpu: 1.50}}}]}}
      """;

  private final String name = "applied-" + Environment.randomId();

  @TempDir private Path directory;

  /** One namespace for all tests, whose objects have different names. */
  @BeforeAll
  static void shareNamespace(TestNamespace namespace) {
    // The parameter creates it.
  }

  static Stream<Manifest> manifests() throws IOException {
    var forms = (ObjectNode) YAML.readTree(FORMS);
    forms.put("apiVersion", Build.API_VERSION).put("kind", Build.KIND);
    return Stream.concat(
        Stream.of(new Manifest("all forms of values", forms)), Manifests.all().stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manifests")
  void applyingAgainChangesNothing(Manifest manifest, TestNamespace namespace) throws IOException {
    var file = write(manifest);
    output(namespace, "apply", "-f", file);
    var applied = version(namespace);

    assertThat(run(namespace, "diff", "-f", file)).as(manifest.place()).isEqualTo(NO_DIFFERENCE);
    // kubectl reports "configured" if its merge with the object is not empty.
    assertThat(output(namespace, "apply", "-f", file)).contains("unchanged");
    assertThat(version(namespace)).isEqualTo(applied);
    assertThat(spec(namespace)).as("no value is rewritten").containsAll(values(manifest));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manifests")
  void serverSideApplyAgainChangesNothing(Manifest manifest, TestNamespace namespace)
      throws IOException {
    var file = write(manifest);
    serverSideApply(namespace, "argocd-controller", file);
    // The first write after the creation stores the default of the status.
    serverSideApply(namespace, "argocd-controller", file);
    var applied = version(namespace);

    serverSideApply(namespace, "argocd-controller", file);
    assertThat(version(namespace)).isEqualTo(applied);
    assertThat(
            run(
                namespace,
                "diff",
                "--server-side",
                "--field-manager=argocd-controller",
                "-f",
                file))
        .as(manifest.place())
        .isEqualTo(NO_DIFFERENCE);

    // A second tool that applies the same values shares the fields.
    serverSideApply(namespace, "kustomize-controller", file);
    assertThat(generation(namespace)).isEqualTo("1");
  }

  @Test
  void operatorOwnsOnlyTheStatus(TestNamespace namespace) {
    var build = namespace.inline("owned", "FROM busybox\n", Map.of());
    build.awaitSuccess();

    var managers = build.resource().getMetadata().getManagedFields();

    assertThat(managers)
        .filteredOn(entry -> entry.getManager().startsWith("stagewright"))
        .isNotEmpty()
        .allSatisfy(entry -> {
          assertThat(entry.getSubresource()).isEqualTo("status");
          assertThat(entry.getFieldsV1().getAdditionalProperties()).containsOnlyKeys("f:status");
        });
    assertThat(build.resource().getMetadata().getFinalizers()).isEmpty();
    assertThat(build.resource().getMetadata().getAnnotations()).isNullOrEmpty();
    assertThat(build.resource().getMetadata().getLabels())
        .containsOnlyKeys("stagewright.dev/operator");
  }

  @Test
  void appliedManifestOfABuiltImageIsUnchanged(TestNamespace namespace) throws IOException {
    var yaml =
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {name: %s, labels: {stagewright.dev/operator: %s}}
        spec:
          source: {inline: {dockerfile: "FROM busybox"}}
          output:
            image: %s
            additionalImages: [{image: %s-copy}]
        """
            .formatted(
                name,
                namespace.environment().operator().operatorName(),
                namespace.image(name),
                namespace.image(name));
    var file = Files.writeString(directory.resolve("built.yaml"), yaml).toString();
    output(namespace, "apply", "-f", file);
    new Build(namespace, name).awaitSuccess();
    var built = version(namespace);

    assertThat(run(namespace, "diff", "-f", file)).isEqualTo(NO_DIFFERENCE);
    assertThat(output(namespace, "apply", "-f", file)).contains("unchanged");
    assertThat(version(namespace)).isEqualTo(built);
  }

  private static void serverSideApply(TestNamespace namespace, String manager, String file) {
    output(namespace, "apply", "--server-side", "--field-manager=" + manager, "-f", file);
  }

  private static final Shell.Result NO_DIFFERENCE = new Shell.Result(0, "");

  private String write(Manifest manifest) throws IOException {
    return Files.writeString(
            directory.resolve("manifest.yaml"), YAML.writeValueAsString(manifest.named(name)))
        .toString();
  }

  /** The values of a manifest, each with its path. */
  private static List<String> values(Manifest manifest) {
    var values = new ArrayList<String>();
    collect("", manifest.object().path("spec"), values);
    return values;
  }

  private List<String> spec(TestNamespace namespace) throws IOException {
    var values = new ArrayList<String>();
    collect(
        "", YAML.readTree(output(namespace, "get", "ib", name, "-o", "json")).path("spec"), values);
    return values;
  }

  private static void collect(String path, JsonNode node, List<String> values) {
    if (node.isValueNode()) {
      values.add(path + ": " + (node.isNumber() ? node.decimalValue().stripTrailingZeros() : node));
    } else if (node.isArray()) {
      for (var i = 0; i < node.size(); i++) {
        collect(path + "[" + i + "]", node.get(i), values);
      }
    } else {
      node.properties().forEach(it -> collect(path + "." + it.getKey(), it.getValue(), values));
    }
  }

  private String version(TestNamespace namespace) {
    return output(namespace, "get", "ib", name, "-o", "jsonpath={.metadata.resourceVersion}");
  }

  private String generation(TestNamespace namespace) {
    return output(namespace, "get", "ib", name, "-o", "jsonpath={.metadata.generation}");
  }

  private static String output(TestNamespace namespace, String... arguments) {
    return namespace.environment().tools().output(QUICK, line(namespace, arguments));
  }

  private static Shell.Result run(TestNamespace namespace, String... arguments) {
    return namespace.environment().tools().run(QUICK, List.of(line(namespace, arguments)));
  }

  private static String[] line(TestNamespace namespace, String... arguments) {
    return Stream.concat(Stream.of("kubectl", "-n", namespace.name()), Stream.of(arguments))
        .toArray(String[]::new);
  }
}
