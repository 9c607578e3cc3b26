package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The operator as {@code kubectl apply -k deploy} installs it, in a separate namespace. */
record KustomizeInstallation(Shell tools, Path folder, String operatorName, String namespace)
    implements Installation {
  private static final Duration QUICK = Duration.ofMinutes(6);

  static Installation install(Shell tools, String registry, OperatorImage image, String name) {
    return install(tools, registry, image, name, "", "");
  }

  /**
   * Installs an operator.
   *
   * @param settings additional properties of its configuration, in YAML; may be empty
   * @param registries additional entries of its table of registries, in YAML; may be empty
   */
  static Installation install(
      Shell tools,
      String registry,
      OperatorImage image,
      String name,
      String settings,
      String registries) {
    var folder = LocalCluster.repository().resolve("e2e/target/install").resolve(name);
    write(folder, "kustomization.yaml", kustomization(image, name));
    write(folder, "config.yaml", config(registry, name, settings, registries));
    var installation = new KustomizeInstallation(tools, folder, name, name);
    try {
      installation.apply();
      return installation;
    } catch (AssertionError e) {
      installation.close();
      throw e;
    }
  }

  private void apply() {
    tools.output(QUICK, "kubectl", "apply", "-k", folder.toString());
    tools.output(
        QUICK,
        "kubectl",
        "rollout",
        "status",
        "-n",
        namespace,
        "deployment/stagewright-" + operatorName,
        "--timeout=300s");
  }

  private static String kustomization(OperatorImage image, String name) {
    return """
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [../../../../deploy]
    namespace: %1$s
    nameSuffix: -%1$s
    images:
      - name: ghcr.io/stagewright/stagewright
        newName: %2$s
        digest: %3$s
    patches:
      - path: config.yaml
    """
        .formatted(name, image.repository(), image.digest());
  }

  private static String config(String registry, String name, String settings, String registries) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: stagewright
      namespace: stagewright-system
    data:
      config.yaml: |
        operatorName: %1$s
    %4$s
        registries:
          - host: %2$s
            plainHttp: true
          - host: docker.io
            mirror: %2$s
    %3$s
    """
        .formatted(
            name,
            registry,
            registries.indent(6).stripTrailing(),
            settings.indent(4).stripTrailing());
  }

  private static void write(Path folder, String file, String content) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // Not `delete -k`: all operators of the cluster use the CRD.
    tools.output(
        QUICK, "kubectl", "delete", "namespace", namespace, "--ignore-not-found", "--wait=false");
    tools.output(
        QUICK,
        "kubectl",
        "delete",
        "clusterrole,clusterrolebinding",
        "stagewright-" + operatorName,
        "stagewright-view-" + operatorName,
        "stagewright-edit-" + operatorName,
        "stagewright-ci-" + operatorName,
        "--ignore-not-found");
  }
}
