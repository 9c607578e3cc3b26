package dev.stagewright.e2e;

import java.time.Duration;

/**
 * The operator as the Helm chart installs it, with two replicas and an init container for the
 * runtime.
 */
record HelmInstallation(Shell tools, String operatorName, String namespace)
    implements Installation {
  private static final Duration QUICK = Duration.ofMinutes(6);

  static HelmInstallation install(Shell tools, String registry, OperatorImage image, String name) {
    var installation = new HelmInstallation(tools, name, name);
    try {
      installation.install(registry, image);
      return installation;
    } catch (AssertionError e) {
      installation.close();
      throw e;
    }
  }

  private void install(String registry, OperatorImage image) {
    tools.output(
        QUICK,
        "helm",
        "install",
        operatorName,
        LocalCluster.repository().resolve("charts/stagewright").toString(),
        "--namespace=" + namespace,
        "--create-namespace",
        "--skip-crds",
        "--wait",
        "--timeout=300s",
        "--set=image.repository=" + image.repository(),
        "--set=image.digest=" + image.digest(),
        "--set=replicas=2",
        "--set=config.operatorName=" + operatorName,
        "--set=config.runtimeInjection=initContainer",
        "--set=config.registries[0].host=" + registry,
        "--set=config.registries[0].plainHttp=true",
        "--set=config.registries[1].host=docker.io",
        "--set=config.registries[1].mirror=" + registry);
  }

  /** The Lease with the name of the leader. */
  String lease() {
    return operatorName + "-stagewright";
  }

  @Override
  public void close() {
    tools.output(
        QUICK, "helm", "uninstall", operatorName, "--namespace=" + namespace, "--ignore-not-found");
    tools.output(
        QUICK, "kubectl", "delete", "namespace", namespace, "--ignore-not-found", "--wait=false");
  }
}
