package dev.stagewright.chart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in {@code deploy} are what the chart renders. */
class DeployManifestsTest {
  private static final Path DEPLOY = Chart.REPOSITORY.resolve("deploy");
  private static final List<String> FILES =
      List.of(
          "configmap.yaml",
          "deployment.yaml",
          "rbac.yaml",
          "service.yaml",
          "serviceaccount.yaml",
          "userroles.yaml");

  @Test
  void manifestsMatchTheChart() throws Exception {
    var files = new DeployManifests(Chart.text("stagewright", "{}")).files();
    assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(FILES);
    for (var file : files.entrySet()) {
      new CheckedInFile(DEPLOY.resolve(file.getKey())).verify(file.getValue());
    }
  }

  @Test
  void monitoringMatchesTheChart() throws Exception {
    var values =
        """
        metrics:
          serviceMonitor: {enabled: true}
          prometheusRule: {enabled: true}
          grafanaDashboard: {enabled: true}
        """;
    var files = new DeployManifests(Chart.text("stagewright", values)).files();
    new CheckedInFile(DEPLOY.resolve("monitoring/monitoring.yaml"))
        .verify(requireNonNull(files.get("monitoring.yaml")));
  }

  @Test
  void theKustomizationHasAllFiles() {
    var resources = Chart.yaml(DEPLOY.resolve("kustomization.yaml")).path("resources");
    assertThat(StreamSupport.stream(resources.spliterator(), false).map(it -> it.asText()))
        .contains("../crds/manifests", "namespace.yaml")
        .containsAll(FILES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crds/manifests", "charts/stagewright/crds"})
  void theCrdIsTheSame(String folder) throws Exception {
    var name = "imagebuilds.stagewright.dev.yaml";
    assertThat(Files.readString(Chart.REPOSITORY.resolve(folder).resolve(name)))
        .isEqualTo(Files.readString(Chart.REPOSITORY.resolve("crds/manifests").resolve(name)));
  }

  @Test
  void labelsOfHelmAreRemoved() {
    var manifests =
        new DeployManifests(
            """
            ---
            # Source: stagewright/templates/a.yaml
            kind: A
            metadata:
              labels:
                app.kubernetes.io/name: stagewright
                app.kubernetes.io/managed-by: Helm
              annotations:
                checksum/config: 12
            spec: {} # kept

            ---
            # Source: stagewright/templates/a.yaml
            kind: B
            """);
    assertThat(manifests.files().get("a.yaml"))
        .endsWith(
            """
            kind: A
            metadata:
              labels:
                app.kubernetes.io/name: stagewright
            spec: {} # kept
            ---
            kind: B
            """);
  }
}
