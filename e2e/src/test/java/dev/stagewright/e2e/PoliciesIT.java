package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The policies in {@code deploy/policies}, and the roles for users. */
@ExtendWith(StagewrightExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final List<String> FILES =
      List.of("output-registries.yaml", "base-images.yaml", "sandboxes.yaml", "resources.yaml");
  private static final Pattern NAME = Pattern.compile("([nN]ame): stagewright-([a-z-]+)");

  private Path manifests = Path.of("");

  /** The policies of this test have names of their own. */
  @BeforeAll
  void apply(TestNamespace namespace) throws IOException {
    var text = new StringBuilder();
    for (var file : FILES) {
      text.append(Files.readString(LocalCluster.repository().resolve("deploy/policies/" + file)))
          .append("\n---\n");
    }
    var registry = namespace.environment().registry();
    var renamed =
        NAME.matcher(text)
            .replaceAll("$1: stagewright-$2-" + namespace.name())
            .replace("[\"registry.example.com/\"]", "[\"" + registry + "/e2e/\"]")
            .replace("\"docker.io/library/\"", "\"docker.io/library/busybox\"")
            .replace("\"registry.example.com/\"", "\"" + registry + "/\"");
    manifests = Files.writeString(Files.createTempFile("policies", ".yaml"), renamed);
    kubectl(namespace, "apply", "-f", manifests.toString());
    kubectl(namespace, "label", "namespace", namespace.name(), "stagewright.dev/policies=enforce");
    Awaitility.await()
        .atMost(TIMEOUT)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThatThrownBy(() -> sandboxed(namespace)).hasMessageContaining("userNamespace"));
  }

  @AfterAll
  void delete(TestNamespace namespace) throws IOException {
    kubectl(namespace, "delete", "--ignore-not-found", "-f", manifests.toString());
    Files.delete(manifests);
  }

  private static String kubectl(TestNamespace namespace, String... arguments) {
    var line = new ArrayList<>(List.of("kubectl"));
    line.addAll(List.of(arguments));
    return namespace.environment().tools().output(TIMEOUT, line.toArray(String[]::new));
  }

  /** A build with a new name, since the policy ignores changes that do not concern the spec. */
  private static Build sandboxed(TestNamespace namespace) {
    return namespace.build(
        "sandboxed-" + Environment.randomId(),
        "sandbox: userNamespace\n" + dockerfile("FROM scratch\n"));
  }

  private static String dockerfile(String text) {
    return Specs.inline(text, Map.of());
  }

  @Test
  void buildsPushOnlyToAllowedRepositories(TestNamespace namespace) {
    var registry = namespace.environment().registry();
    var source = dockerfile("FROM scratch\n");
    assertThatThrownBy(
            () -> namespace.build("other", source + "\noutput: {image: docker.io/evil/app}"))
        .hasMessageContaining("this namespace cannot push to docker.io/evil/app; allowed: ");
    assertThatThrownBy(() ->
            namespace.build(
                "second",
                source
                    + "\noutput: {image: '%s/e2e/a', additionalImages: [{image: '%s.evil/a'}]}"
                        .formatted(registry, registry)))
        .hasMessageContaining("cannot push to");
    assertThatThrownBy(() ->
            namespace.build(
                "cache", source + "\ncache: {repository: '%s/other'}".formatted(registry)))
        .hasMessageContaining("cannot push to");
  }

  @Test
  void stagesStartOnlyFromAllowedImages(TestNamespace namespace) {
    var build = namespace.build("base", dockerfile("FROM alpine\nRUN true\n"));
    build.awaitEnd();
    assertThat(build.text("failure", "message"))
        .contains("stages of this namespace cannot start from", "alpine");
  }

  @Test
  void theUserNamespaceIsRefused(TestNamespace namespace) {
    assertThatThrownBy(() -> sandboxed(namespace))
        .hasMessageContaining("this namespace does not allow userNamespace");
    assertThatThrownBy(() ->
            namespace.build(
                "stage",
                "stages: [{name: '0', sandbox: userNamespace}]\n" + dockerfile("FROM scratch\n")))
        .hasMessageContaining("this namespace does not allow userNamespace");
  }

  @Test
  void containersHaveAMaximum(TestNamespace namespace) {
    var build =
        namespace.build(
            "large",
            """
            podTemplate: {spec: {containers: [{name: main, resources: {limits: {cpu: 64}}}]}}
            """
                + dockerfile("FROM busybox\nRUN true\n"));
    build.awaitEnd();
    assertThat(build.text("failure", "message")).contains("can have at most 8 CPUs");
  }

  @Test
  void otherBuildsSucceed(TestNamespace namespace) {
    namespace.build("fine", dockerfile("FROM busybox\nRUN true\n")).awaitSuccess();
  }

  @Test
  void rolesOfKubernetesIncludeImageBuilds(TestNamespace namespace) {
    for (var role : List.of("view", "edit")) {
      kubectl(namespace, "-n", namespace.name(), "create", "serviceaccount", role);
      kubectl(
          namespace,
          "-n",
          namespace.name(),
          "create",
          "rolebinding",
          role,
          "--clusterrole=" + role,
          "--serviceaccount=" + namespace.name() + ":" + role);
    }
    Awaitility.await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> {
          assertThat(can(namespace, "view", "list")).isTrue();
          assertThat(can(namespace, "edit", "create")).isTrue();
        });
    assertThat(can(namespace, "view", "create")).isFalse();
    assertThat(can(namespace, "edit", "deletecollection")).isTrue();
  }

  private static boolean can(TestNamespace namespace, String role, String verb) {
    return namespace
            .environment()
            .tools()
            .run(
                TIMEOUT,
                List.of(
                    "kubectl",
                    "-n",
                    namespace.name(),
                    "auth",
                    "can-i",
                    verb,
                    "imagebuilds.stagewright.dev",
                    "--as=system:serviceaccount:" + namespace.name() + ":" + role))
            .exitCode()
        == 0;
  }
}
