package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The service account of CI jobs, {@code deploy/ci/rbac.yaml}. */
record CiAccount(TestNamespace namespace, Path directory) {
  private static final Duration QUICK = Duration.ofMinutes(1);

  /** A shell with kubectl, stagewright, the token of the service account, and variables. */
  Shell shell(Map<String, String> variables) {
    var environment = new HashMap<>(namespace.environment().tools().environment());
    environment.put("KUBECONFIG", kubeconfig().toString());
    var kubectl = LocalCluster.repository().resolve("operator/kubectl");
    environment.merge("PATH", kubectl.toString(), (path, own) -> own + ":" + path);
    environment.put("STAGEWRIGHT_JAR", kubectl.resolve("target/stagewright.jar").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(variables);
    return new Shell(environment);
  }

  /** A kubeconfig with the token and the namespace. */
  private Path kubeconfig() {
    var tools = namespace.environment().tools();
    var token =
        tools.output(QUICK, "kubectl", "-n", namespace.name(), "create", "token", "image-builder");
    var kubeconfig = directory.resolve("kubeconfig");
    try {
      Files.copy(
          Path.of(tools.environment().get("KUBECONFIG")),
          kubeconfig,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var environment = new HashMap<>(tools.environment());
    environment.put("KUBECONFIG", kubeconfig.toString());
    var shell = new Shell(environment);
    shell.output(QUICK, "kubectl", "config", "set-credentials", "job", "--token=" + token);
    shell.output(
        QUICK,
        "kubectl",
        "config",
        "set-context",
        "--current",
        "--user=job",
        "--namespace=" + namespace.name());
    return kubeconfig;
  }
}
