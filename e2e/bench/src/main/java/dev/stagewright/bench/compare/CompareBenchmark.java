package dev.stagewright.bench.compare;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.bench.compare.breakdown.BuildObserver;
import dev.stagewright.bench.compare.breakdown.PodObserver;
import dev.stagewright.bench.compare.breakdown.Timeline;
import dev.stagewright.bench.compare.builder.BuildKit;
import dev.stagewright.bench.compare.builder.Buildah;
import dev.stagewright.bench.compare.builder.Command;
import dev.stagewright.bench.compare.builder.ComparisonNamespace;
import dev.stagewright.bench.compare.builder.ImageBuilder;
import dev.stagewright.bench.compare.builder.PodStart;
import dev.stagewright.bench.compare.builder.RegistryClient;
import dev.stagewright.bench.compare.builder.Stagewright;
import dev.stagewright.bench.compare.cpu.Cgroups;
import dev.stagewright.bench.compare.cpu.CpuMeter;
import dev.stagewright.bench.compare.result.Comparison;
import dev.stagewright.bench.compare.result.Machine;
import dev.stagewright.bench.compare.result.ResultFile;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the builders and writes the result; {@code e2e/bench/compare} prepares everything. */
public final class CompareBenchmark {
  private static final String NAMESPACE = "stagewright-bench-compare";

  private final CompareOptions options;
  private final CompareEnvironment environment;
  private final KubernetesClient client;
  private final Cgroups cgroups;

  private CompareBenchmark(
      CompareOptions options, CompareEnvironment environment, KubernetesClient client) {
    this.options = options;
    this.environment = environment;
    this.client = client;
    this.cgroups = new Cgroups(environment.cgroup());
  }

  /** Runs the comparison. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (var client = new KubernetesClientBuilder().build()) {
      var environment = CompareEnvironment.of(System.getenv());
      new CompareBenchmark(CompareOptions.of(System.getenv()), environment, client).run();
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("e2e/bench/compare: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException {
    if (!cgroups.separatesProcesses()) {
      throw new IllegalStateException(
          "an older version has started the cluster; run e2e/cluster down and e2e/cluster up");
    }
    var machine = Machine.current();
    new LoadGate(machine.processors()).check(options.loaded());
    var contexts = environment.work().resolve("contexts");
    var pods = new PodObserver();
    var builds = new BuildObserver();
    try (var namespace = ComparisonNamespace.create(client, NAMESPACE, contexts);
        var _ = client.pods().inNamespace(NAMESPACE).inform(pods);
        var _ = client.resources(ImageBuild.class).inNamespace(NAMESPACE).inform(builds)) {
      var run = comparisonRun(namespace, builders(namespace, contexts, builds, pods), contexts);
      measure(run, machine);
    }
  }

  private void measure(ComparisonRun run, Machine machine)
      throws IOException, InterruptedException {
    var file = new ResultFile(options.result());
    var result = kept(file, empty(run, machine));
    for (var workload : options.workloads()) {
      var measured = run.run(workload);
      result = result.with(measured);
      file.write(result);
      if (options.breakdown()) {
        for (var builder : run.builders()) {
          System.out.print(BreakdownPrinter.format(measured, builder.name()));
        }
      }
    }
    System.out.print(new ResultText(result));
    System.out.println("result: " + options.result());
  }

  private Comparison empty(ComparisonRun run, Machine machine) {
    var versions = new TreeMap<>(environment.versions());
    run.builders().forEach(builder -> versions.put(builder.name(), builder.version()));
    return new Comparison(machine, versions, absent(), List.of());
  }

  /** Adds the results of other workloads that the file has, if they are of the same versions. */
  private Comparison kept(ResultFile file, Comparison empty) throws IOException {
    var earlier = options.keep() ? file.read() : Optional.<Comparison>empty();
    return earlier.isPresent() ? earlier.get().with(empty) : empty;
  }

  private Map<String, String> absent() {
    var absent = new LinkedHashMap<String, String>();
    if (options.builders().contains(Buildah.NAME) && environment.buildah().isEmpty()) {
      absent.put(Buildah.NAME, "it is not installed; on Debian, install the package buildah");
    }
    return absent;
  }

  private List<ImageBuilder> builders(
      ComparisonNamespace namespace, Path contexts, BuildObserver builds, PodObserver pods)
      throws IOException, InterruptedException {
    var timeline = new Timeline(builds, pods, environment.podLogs(), environment.registryStorage());
    var bench = environment.cgroup().resolve("bench");
    var registry = environment.registry();
    var builders = new ArrayList<ImageBuilder>();
    for (var name : List.of(Stagewright.NAME, Stagewright.UNCHECKED)) {
      if (!options.builders().contains(name)) {
        continue;
      }
      builders.add(
          new Stagewright(
              namespace,
              environment.operator(),
              contexts,
              registry,
              environment.versions().getOrDefault(Stagewright.NAME, ""),
              name.equals(Stagewright.NAME),
              builds,
              pods,
              timeline,
              cgroups));
    }
    if (options.builders().contains(BuildKit.NAME)) {
      var command = new Command(bench.resolve("clients"), Map.of());
      builders.add(BuildKit.connect(command, environment.buildKit(), registry));
    }
    if (options.builders().contains(Buildah.NAME) && !environment.buildah().isEmpty()) {
      builders.add(
          Buildah.at(
              Path.of(environment.buildah()),
              bench.resolve("clients"),
              environment.runtime(),
              registry));
    }
    return builders;
  }

  private ComparisonRun comparisonRun(
      ComparisonNamespace namespace, List<ImageBuilder> builders, Path contexts) {
    var registry = environment.registry();
    return new ComparisonRun(
        builders,
        new PodStart(namespace, registry + "/library/busybox"),
        new CpuMeter(cgroups, operatorCgroup()),
        new RegistryClient(HttpClient.newHttpClient(), registry),
        contexts,
        environment.operator(),
        options.rounds());
  }

  private Path operatorCgroup() {
    var pods = client.pods().inNamespace(environment.operator()).list().getItems();
    return pods.stream()
        .flatMap(pod -> cgroups.pod(pod.getMetadata().getUid()).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the operator does not run"));
  }
}
