package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs builds while faults are injected, and checks the results. See {@link SoakOptions}. */
public final class SoakBenchmark {
  private final SoakOptions options;
  private final KubernetesClient client;
  private final SoakCluster cluster;
  private final SoakLog log;
  private final PodTracker tracker;
  private final SoakReport report;

  private SoakBenchmark(SoakOptions options, KubernetesClient client) {
    this.options = options;
    this.client = client;
    cluster =
        new SoakCluster(
            client,
            options.registry(),
            options.operator(),
            Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
    log = SoakLog.create(options.log(), cluster::isTestNamespace);
    tracker = new PodTracker(cluster::isTestNamespace, log);
    report = new SoakReport(options);
  }

  /** Runs the benchmark; the exit code is 1 if there is a violation. */
  public static void main(String[] arguments) throws Exception {
    try (var client = new KubernetesClientBuilder().build()) {
      var violations = new SoakBenchmark(SoakOptions.of(System.getenv()), client).run();
      System.exit(violations.isEmpty() ? 0 : 1);
    }
  }

  private List<Violation> run() throws IOException, InterruptedException {
    cluster.prepare();
    report.begin();
    try (log;
        var _ = client.v1().events().inAnyNamespace().inform(log);
        var _ = client.pods().inAnyNamespace().withLabel(SoakCluster.BUILD_UID).inform(tracker);
        var soakBuilds = new SoakBuilds(cluster, options)) {
      runBuilds(soakBuilds);
      report.results(soakBuilds.builds(), tracker);
      var violations = check(soakBuilds.builds());
      report.violations(violations);
      return violations;
    }
  }

  private void runBuilds(SoakBuilds soakBuilds) throws InterruptedException {
    var random = new SplittableRandom(options.seed());
    var specs = random.split();
    var injector =
        new FaultInjector(
            new PodFaults(client, tracker, random),
            new BuildFaults(soakBuilds::unfinished, options.versions(), random),
            new ClusterFaults(
                client, tracker, options.operatorNamespace(), options.cluster(), random),
            log,
            random,
            options.faultInterval());
    try {
      soakBuilds.runAll(specs, () -> report.progress(soakBuilds, injector.injected()));
    } finally {
      injector.stop();
    }
    report.faults(injector.injected());
  }

  private List<Violation> check(List<SoakBuild> builds) throws IOException, InterruptedException {
    var violations = new ArrayList<Violation>();
    var registry = new RegistryImageReader(options.registry(), HttpClient.newHttpClient());
    var cacheUse = new CacheUseCheck();
    for (var build : builds) {
      var actual = build.resource().get();
      if (actual != null) {
        cacheUse.add(actual);
      }
      var image = registry.image(build.repository(), SoakBuild.TAG);
      violations.addAll(
          new BuildCheck(build.toString(), build.desired(), actual, image).violations());
    }
    report.cache(cacheUse);
    violations.addAll(cacheUse.violations(repeats(builds)));
    violations.addAll(new DuplicateWorkCheck(tracker.all(), tracker.disrupted()).violations());
    var leakCheck = new LeakCheck(cluster);
    violations.addAll(leakCheck.checkFinishedBuilds());
    var failedPodLogCheck = new FailedPodLogCheck(tracker.all(), tracker.affected());
    for (var build : builds) {
      violations.addAll(failedPodLogCheck.violations(build.resource().get()));
      build.resource().delete();
    }
    violations.addAll(leakCheck.checkDeletedBuilds());
    if (!cluster.deleteNamespaces()) {
      violations.add(Violation.leaked("namespaces are not deleted: " + cluster.namespaces()));
    }
    return violations;
  }

  private static boolean repeats(List<SoakBuild> builds) {
    var inputs = builds.stream().map(build -> build.desired().spec().input()).toList();
    return inputs.stream().distinct().count() < inputs.size();
  }
}
