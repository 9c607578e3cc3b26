package dev.stagewright.bench.scale;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Creates many ImageBuilds, terminates their Pods, kills the operator while all builds are active,
 * and prints latency, memory, and API requests.
 *
 * <p>Environment: {@code BUILDS}, the number of builds; {@code WINDOW}, the seconds over which
 * their stages terminate; {@code HEAP}, the heap of the operator in MiB.
 */
public final class ScaleBenchmark {
  private static final int NAMESPACES = 20;
  private static final int PORT = 18080;
  private static final String IMAGE = "registry.invalid/stagewright:1";
  private static final Duration TIMEOUT = Duration.ofMinutes(20);

  private final KubernetesClient client;
  private final ScaleCluster cluster;
  private final ReactionLatency latency = new ReactionLatency();
  private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();
  private final int builds = number("BUILDS", 2000);
  private final Duration window = Duration.ofSeconds(number("WINDOW", 240));
  private final int heap = number("HEAP", 512);

  private ScaleBenchmark(KubernetesClient client) {
    this.client = client;
    cluster = new ScaleCluster(client, NAMESPACES);
  }

  private static int number(String name, int defaultValue) {
    return Integer.parseInt(System.getenv().getOrDefault(name, Integer.toString(defaultValue)));
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws Exception {
    try (var client = new KubernetesClientBuilder().build()) {
      new ScaleBenchmark(client).run();
    }
  }

  private void run() throws Exception {
    var address = client.nodes().list().getItems().getFirst().getStatus().getAddresses().getFirst();
    try (var logs = ContainerLogServer.start(address.getAddress())) {
      cluster.prepare(address.getAddress(), logs.port());
      try (var kubelet = new SimulatedKubelet(client, cluster, logs, latency);
          cluster;
          var _ = client.resources(ImageBuild.class).inAnyNamespace().inform(buildHandler())) {
        measure(kubelet);
      }
    }
  }

  private void measure(SimulatedKubelet kubelet) throws Exception {
    var operator = OperatorProcess.start(cluster.serviceAccount(), IMAGE, heap, PORT);
    await("operator", () -> isReady(operator));
    var start = System.nanoTime();
    create();
    print("created", secondsSince(start));
    print("reaction latency during creation", latency.describe());
    await("all builds active", () -> kubelet.runningStages() == builds);
    print("all builds active", secondsSince(start));
    print("reaction latency until all builds are active", latency.describe());
    print("API requests per build so far", requestsPerBuild(operator));
    print("memory", operator.memory() + ", CPU " + operator.cpu());
    measureIdleRequests(operator);
    operator.kill();
    restart(kubelet);
  }

  /** Measures the API requests of the operator while all stages run. */
  private void measureIdleRequests(OperatorProcess operator)
      throws IOException, InterruptedException {
    var before = operator.metricSum("stagewright_api_requests_total");
    Thread.sleep(30_000);
    print(
        "API requests per second while all stages run",
        "%.1f".formatted((operator.metricSum("stagewright_api_requests_total") - before) / 30));
  }

  private void restart(SimulatedKubelet kubelet) throws Exception {
    var terminatedWhileDown = builds / 20;
    kubelet.terminateStages(terminatedWhileDown, Duration.ofSeconds(1));
    await(
        "Pods terminated while the operator is down",
        () -> latency.pending() == terminatedWhileDown);
    var start = System.nanoTime();
    try (var operator = OperatorProcess.start(cluster.serviceAccount(), IMAGE, heap, PORT)) {
      await("operator restarted", () -> isReady(operator));
      print("restart: ready after", secondsSince(start));
      await("latency after the restart", () -> latency.pending() == 0);
      print("restart: all terminated Pods handled after", secondsSince(start));
      latency.clear();
      start = System.nanoTime();
      var rest = kubelet.runningStages();
      kubelet.terminateStages(rest, window);
      await("all builds finished", () -> succeeded.size() + failed.size() == builds);
      print("remaining %d builds finished after".formatted(rest), secondsSince(start));
      print("results", succeeded.size() + " succeeded, " + failed.size() + " failed");
      print("reaction latency since the restart", latency.describe());
      print("API requests per build since the restart", requestsPerBuild(operator));
      print("memory", operator.memory() + ", CPU " + operator.cpu());
      operator.logTail().forEach(line -> print("log", line));
    }
    print("Events per build", "%.1f".formatted(events() / (double) builds));
  }

  private void create() throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var number = 0; number < builds; number++) {
        var build = SimulatedBuild.build(cluster.namespace(number), number);
        threads.execute(() -> client.resource(build).create());
      }
    }
  }

  private int events() {
    return cluster.namespaceNames().stream()
        .mapToInt(name -> client.v1().events().inNamespace(name).list().getItems().size())
        .sum();
  }

  private String requestsPerBuild(OperatorProcess operator)
      throws IOException, InterruptedException {
    var requests = operator.metricValues("stagewright_api_requests_total");
    var total = requests.values().stream().mapToDouble(Double::doubleValue).sum();
    var frequent =
        requests.entrySet().stream()
            .filter(request -> request.getValue() >= builds / 20.0)
            .map(request ->
                "%s=%.2f"
                    .formatted(
                        request.getKey().replaceAll("[{}\"]|resource=|verb=", ""),
                        request.getValue() / builds))
            .collect(Collectors.joining(" "));
    return "%.1f: %s".formatted(total / builds, frequent);
  }

  private ResourceEventHandler<ImageBuild> buildHandler() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(ImageBuild build) {}

      @Override
      public void onUpdate(ImageBuild before, ImageBuild build) {
        var metadata = build.getMetadata();
        if (!cluster.isTestNamespace(metadata.getNamespace()) || build.getStatus() == null) {
          return;
        }
        var name = metadata.getNamespace() + "/" + metadata.getName();
        if (build.getStatus().phase() == BuildPhase.Succeeded && succeeded.add(name)) {
          latency.recordAction(name);
        }
        if (build.getStatus().phase() == BuildPhase.Failed && failed.add(name)) {
          print("failed", name + ": " + build.getStatus().failure());
        }
      }

      @Override
      public void onDelete(ImageBuild build, boolean isStateUnknown) {}
    };
  }

  private static boolean isReady(OperatorProcess operator) {
    try {
      return operator.isReady();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void await(String title, BooleanSupplier condition) throws InterruptedException {
    var limit = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("not reached within " + TIMEOUT + ": " + title);
      }
      Thread.sleep(100);
    }
  }

  private static String secondsSince(long start) {
    return "%.1fs".formatted((System.nanoTime() - start) / 1e9);
  }

  private static void print(String title, String value) {
    System.out.printf("%-52s %s%n", title, value);
  }
}
