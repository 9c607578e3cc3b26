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
 * Creates many ImageBuilds at once, ends their Pods, kills the operator while all are in flight,
 * and prints what it took.
 *
 * <p>Environment: {@code BUILDS}, how many; {@code WINDOW}, seconds over which their stages end;
 * {@code HEAP}, the operator's in MiB.
 */
public final class ScaleBenchmark {
  private static final int NAMESPACES = 20;
  private static final int PORT = 18080;
  private static final String IMAGE = "registry.invalid/stagewright:1";
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final KubernetesClient client;
  private final ScaleCluster cluster;
  private final Reactions reactions = new Reactions();
  private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();
  private final int builds = number("BUILDS", 2000);
  private final Duration window = Duration.ofSeconds(number("WINDOW", 240));
  private final int heap = number("HEAP", 512);

  private ScaleBenchmark(KubernetesClient client) {
    this.client = client;
    cluster = new ScaleCluster(client, NAMESPACES);
  }

  private static int number(String name, int byDefault) {
    return Integer.parseInt(System.getenv().getOrDefault(name, Integer.toString(byDefault)));
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    try (var client = new KubernetesClientBuilder().build()) {
      new ScaleBenchmark(client).run();
    }
  }

  private void run() throws Exception {
    var address = client.nodes().list().getItems().getFirst().getStatus().getAddresses().getFirst();
    try (var logs = LogServer.start(address.getAddress())) {
      cluster.prepare(address.getAddress(), logs.port());
      try (var kubelet = new KubeletStandIn(client, cluster, reactions);
          cluster;
          var _ = client.resources(ImageBuild.class).inAnyNamespace().inform(watcher())) {
        measure(kubelet);
      }
    }
  }

  private void measure(KubeletStandIn kubelet) throws Exception {
    var killed = OperatorProcess.start(cluster.account(), IMAGE, heap, PORT);
    await("operator", () -> isReady(killed));
    var start = System.nanoTime();
    create();
    say("created", since(start));
    say("reaction until then", reactions.describe());
    await("all in flight", () -> kubelet.runningStages() == builds);
    say("all in flight", since(start));
    say("reaction on the way", reactions.describe());
    say("API calls per build to here", calls(killed));
    say("memory", killed.memory() + ", CPU " + killed.cpu());
    idle(killed);
    killed.kill();
    restart(kubelet);
  }

  /** What the operator asks while all stages run and nothing happens. */
  private void idle(OperatorProcess operator) throws IOException, InterruptedException {
    var before = operator.sum("stagewright_api_requests_total");
    Thread.sleep(30_000);
    say(
        "API calls a second while all run",
        "%.1f".formatted((operator.sum("stagewright_api_requests_total") - before) / 30));
  }

  private void restart(KubeletStandIn kubelet) throws Exception {
    var whileDown = builds / 20;
    kubelet.endStages(whileDown, Duration.ofSeconds(1));
    await("ends while down", () -> reactions.open() == whileDown);
    var start = System.nanoTime();
    try (var operator = OperatorProcess.start(cluster.account(), IMAGE, heap, PORT)) {
      await("operator again", () -> isReady(operator));
      say("restart: ready after", since(start));
      await("reactions after the restart", () -> reactions.open() == 0);
      say("restart: all that ended meanwhile is acted on after", since(start));
      reactions.clear();
      start = System.nanoTime();
      var rest = kubelet.runningStages();
      kubelet.endStages(rest, window);
      await("all done", () -> succeeded.size() + failed.size() == builds);
      say("the other %d builds ended after".formatted(rest), since(start));
      say("outcome", succeeded.size() + " succeeded, " + failed.size() + " failed");
      say("reaction since the restart", reactions.describe());
      say("API calls per build since the restart", calls(operator));
      say("memory", operator.memory() + ", CPU " + operator.cpu());
      operator.lastWords().forEach(line -> say("log", line));
    }
    say("events per build", "%.1f".formatted(events() / (double) builds));
  }

  private void create() throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var number = 0; number < builds; number++) {
        var build = ScriptedBuild.build(cluster.namespace(number), number);
        threads.execute(() -> client.resource(build).create());
      }
    }
  }

  private int events() {
    return cluster.all().stream()
        .mapToInt(name -> client.v1().events().inNamespace(name).list().getItems().size())
        .sum();
  }

  private String calls(OperatorProcess operator) throws IOException, InterruptedException {
    var calls = operator.metric("stagewright_api_requests_total");
    var all = calls.values().stream().mapToDouble(Double::doubleValue).sum();
    var most =
        calls.entrySet().stream()
            .filter(call -> call.getValue() >= builds / 20.0)
            .map(call ->
                "%s=%.2f"
                    .formatted(
                        call.getKey().replaceAll("[{}\"]|resource=|verb=", ""),
                        call.getValue() / builds))
            .collect(Collectors.joining(" "));
    return "%.1f: %s".formatted(all / builds, most);
  }

  private ResourceEventHandler<ImageBuild> watcher() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(ImageBuild build) {}

      @Override
      public void onUpdate(ImageBuild before, ImageBuild build) {
        var metadata = build.getMetadata();
        if (!cluster.isOurs(metadata.getNamespace()) || build.getStatus() == null) {
          return;
        }
        var name = metadata.getNamespace() + "/" + metadata.getName();
        if (build.getStatus().phase() == BuildPhase.Succeeded && succeeded.add(name)) {
          reactions.acted(name);
        }
        if (build.getStatus().phase() == BuildPhase.Failed && failed.add(name)) {
          say("failed", name + ": " + build.getStatus().failure());
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

  private static void await(String what, BooleanSupplier reached) throws InterruptedException {
    var limit = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("not within " + PATIENCE + ": " + what);
      }
      Thread.sleep(100);
    }
  }

  private static String since(long start) {
    return "%.1fs".formatted((System.nanoTime() - start) / 1e9);
  }

  private static void say(String what, String value) {
    System.out.printf("%-52s %s%n", what, value);
  }
}
