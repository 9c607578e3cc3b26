package dev.stagewright.controller;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * Checks an installation, as {@code helm test} does: the operator is ready, and the API server
 * accepts an ImageBuild. It creates nothing.
 *
 * @param readyz address of the operator
 * @param namespace of the ImageBuild
 * @param attempts to find the operator ready
 */
public record InstallationCheck(URI readyz, String namespace, int attempts, PrintStream out) {
  private static final int OK = 200;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int ATTEMPTS = 30;
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /**
   * Runs the check in a Pod.
   *
   * @param arguments the URL of {@code /readyz}, and a namespace
   * @return the exit code
   */
  public static int run(List<String> arguments) {
    if (arguments.size() != 2 || !arguments.getFirst().startsWith("http")) {
      System.err.println("usage: check-installation URL-OF-READYZ NAMESPACE");
      return USAGE;
    }
    var check =
        new InstallationCheck(
            URI.create(arguments.getFirst()), arguments.getLast(), ATTEMPTS, System.out);
    try (var client = new KubernetesClientBuilder().build()) {
      return check.run(client) ? 0 : FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  boolean run(KubernetesClient client) throws InterruptedException {
    return isReady() && acceptsBuilds(client);
  }

  private boolean isReady() throws InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var last = "";
      for (var attempt = 1; attempt <= attempts; attempt++) {
        if (attempt > 1) {
          Thread.sleep(INTERVAL);
        }
        try {
          var request = HttpRequest.newBuilder(readyz).timeout(INTERVAL).build();
          var response = http.send(request, BodyHandlers.ofString());
          last = response.body();
          if (response.statusCode() == OK) {
            out.print("the operator is ready:\n" + last);
            return true;
          }
        } catch (IOException e) {
          last = e + "\n";
        }
      }
      out.print("the operator is not ready:\n" + last);
      return false;
    }
  }

  private boolean acceptsBuilds(KubernetesClient client) {
    var build =
        client
            .getKubernetesSerialization()
            .unmarshal(
                """
                apiVersion: stagewright.dev/v1alpha1
                kind: ImageBuild
                metadata: {name: stagewright-test, namespace: %s}
                spec:
                  source: {inline: {dockerfile: "FROM scratch"}}
                  output: {image: registry.example.com/stagewright/test}
                """
                    .formatted(namespace),
                ImageBuild.class);
    try {
      client.resource(build).dryRun(true).create();
      out.println("the API server accepts ImageBuilds");
      return true;
    } catch (KubernetesClientException e) {
      out.println("the API server does not accept ImageBuilds: " + e.getMessage());
      return false;
    }
  }
}
