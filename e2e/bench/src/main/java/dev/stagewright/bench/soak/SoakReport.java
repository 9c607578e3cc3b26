package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.bench.soak.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Prints progress and results. */
final class SoakReport {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(20);

  private final SoakOptions options;
  private Instant start = Instant.now();
  private Instant lastProgress = start;

  SoakReport(SoakOptions options) {
    this.options = options;
  }

  void begin() {
    start = Instant.now();
    System.out.printf(
        "%d builds, at most %d concurrent, a fault every %.1f s, seed %d%n",
        options.builds(),
        options.concurrency(),
        options.faultInterval().toMillis() / 1e3,
        options.seed());
  }

  /** Prints a line at each progress interval. */
  void progress(SoakBuilds soakBuilds, Map<FaultKind, Integer> injected) {
    if (Instant.now().isBefore(lastProgress.plus(PROGRESS_INTERVAL))) {
      return;
    }
    lastProgress = Instant.now();
    var unfinished = soakBuilds.unfinished();
    System.out.printf(
        "%4d s: %d finished, %d unfinished, %d faults%n",
        seconds(),
        soakBuilds.builds().size() - unfinished.size(),
        unfinished.size(),
        injected.values().stream().mapToInt(Integer::intValue).sum());
  }

  private long seconds() {
    return Duration.between(start, Instant.now()).toSeconds();
  }

  void faults(Map<FaultKind, Integer> injected) {
    for (var kind : FaultKind.values()) {
      line(kind.title(), injected.getOrDefault(kind, 0));
    }
  }

  void results(List<SoakBuild> builds, PodTracker tracker) {
    var desired = builds.stream().map(SoakBuild::desired).toList();
    var pods = tracker.all();
    line("wall time in seconds", seconds());
    line("builds deleted", desired.stream().filter(SoakBuild.DesiredState::deleted).count());
    line(
        "builds that are expected to fail",
        desired.stream().filter(it -> !it.deleted() && it.spec().expectsFailure()).count());
    line(
        "builds that are expected to succeed",
        desired.stream().filter(it -> !it.deleted() && !it.spec().expectsFailure()).count());
    line("runs", pods.stream().map(ObservedPod::run).distinct().count());
    line("Pods", pods.size());
    line(
        "Pods of second and later attempts",
        pods.stream().filter(pod -> pod.attempt() > 1).count());
  }

  void cache(CacheUseCheck use) {
    line("stages known from the cache", use.count(Cached.All));
    line("stages known in part", use.count(Cached.Partial));
    line("stages not known", use.count(Cached.None));
  }

  void violations(List<Violation> violations) {
    for (var kind : Kind.values()) {
      line(kind.title(), violations.stream().filter(violation -> violation.kind() == kind).count());
    }
    if (!violations.isEmpty()) {
      System.out.println("see the log " + options.log().toAbsolutePath());
    }
    violations.forEach(
        violation -> System.out.println(violation.kind() + ": " + violation.message()));
  }

  private static void line(String title, long count) {
    System.out.printf("%-36s %d%n", title, count);
  }
}
