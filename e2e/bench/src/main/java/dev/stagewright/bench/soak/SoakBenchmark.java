package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Builds while faults are caused, and judges what came of it. Its settings are {@link Settings}.
 */
public final class SoakBenchmark {
  private final Settings settings;
  private final KubernetesClient client;
  private final SoakCluster cluster;
  private final Diary diary;
  private final PodLedger ledger;
  private final Report report;

  private SoakBenchmark(Settings settings, KubernetesClient client) {
    this.settings = settings;
    this.client = client;
    cluster = new SoakCluster(client, settings.registry(), settings.operator());
    diary = Diary.begin(settings.diary(), cluster::isOurs);
    ledger = new PodLedger(cluster::isOurs, diary);
    report = new Report(settings);
  }

  /** Runs it; the exit code is 1 if anything was lost, wrong, duplicated or leaked. */
  public static void main(String[] arguments) throws Exception {
    try (var client = new KubernetesClientBuilder().build()) {
      var violations = new SoakBenchmark(Settings.of(System.getenv()), client).run();
      System.exit(violations.isEmpty() ? 0 : 1);
    }
  }

  private List<Violation> run() throws IOException, InterruptedException {
    cluster.prepare();
    report.begin();
    try (diary;
        var _ = client.v1().events().inAnyNamespace().inform(diary);
        var _ = client.pods().inAnyNamespace().withLabel(SoakCluster.BUILD_UID).inform(ledger);
        var fleet = new Fleet(cluster, settings)) {
      soak(fleet);
      report.ended(fleet.builds(), ledger);
      var violations = judge(fleet.builds());
      report.verdict(violations);
      return violations;
    }
  }

  private void soak(Fleet fleet) throws InterruptedException {
    var random = new SplittableRandom(settings.seed());
    var recipes = random.split();
    var injector =
        new FaultInjector(
            new PodFaults(client, ledger, random),
            new BuildFaults(fleet::underWay, random),
            new ClusterFaults(
                client, ledger, settings.operatorNamespace(), settings.cluster(), random),
            diary,
            random,
            settings.pace());
    try {
      fleet.build(recipes, () -> report.progress(fleet, injector.caused()));
    } finally {
      injector.end();
    }
    report.faults(injector.caused());
  }

  private List<Violation> judge(List<SoakBuild> builds) throws IOException, InterruptedException {
    var violations = new ArrayList<Violation>();
    var registry = new Registry(settings.registry(), HttpClient.newHttpClient());
    for (var build : builds) {
      var seen = build.resource().get();
      var tagged = registry.tagged(build.repository(), SoakBuild.TAG);
      violations.addAll(new Outcome(build.toString(), build.wanted(), seen, tagged).violations());
    }
    violations.addAll(new RepetitionCheck(ledger.all(), ledger.harmed()).violations());
    var leftovers = new Leftovers(cluster);
    violations.addAll(leftovers.ofRuns());
    var failedPods = new FailedPods(ledger.all(), ledger.exposed());
    for (var build : builds) {
      violations.addAll(failedPods.violations(build.resource().get()));
      build.resource().delete();
    }
    violations.addAll(leftovers.ofBuilds());
    if (!cluster.removed()) {
      violations.add(Violation.leaked("namespaces that do not go: " + cluster.namespaces()));
    }
    return violations;
  }
}
