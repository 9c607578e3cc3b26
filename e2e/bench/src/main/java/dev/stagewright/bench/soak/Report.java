package dev.stagewright.bench.soak;

import dev.stagewright.bench.soak.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Says what happens and what came of it. */
final class Report {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(20);

  private final Settings settings;
  private Instant began = Instant.now();
  private Instant latestLine = began;

  Report(Settings settings) {
    this.settings = settings;
  }

  void begin() {
    began = Instant.now();
    System.out.printf(
        "%d builds, at most %d at a time, a fault every %.1f s, seed %d%n",
        settings.builds(), settings.atATime(), settings.pace().toMillis() / 1e3, settings.seed());
  }

  /** A line now and then. */
  void progress(Fleet fleet, Map<FaultKind, Integer> caused) {
    if (Instant.now().isBefore(latestLine.plus(BETWEEN_LINES))) {
      return;
    }
    latestLine = Instant.now();
    var underWay = fleet.underWay();
    System.out.printf(
        "%4d s: %d over, %d under way, %d faults%n",
        seconds(),
        fleet.builds().size() - underWay.size(),
        underWay.size(),
        caused.values().stream().mapToInt(Integer::intValue).sum());
  }

  private long seconds() {
    return Duration.between(began, Instant.now()).toSeconds();
  }

  void faults(Map<FaultKind, Integer> caused) {
    for (var kind : FaultKind.values()) {
      line(kind.title(), caused.getOrDefault(kind, 0));
    }
  }

  void ended(List<SoakBuild> builds, PodLedger ledger) {
    var wanted = builds.stream().map(SoakBuild::wanted).toList();
    var pods = ledger.all();
    line("wall time in seconds", seconds());
    line("builds deleted", wanted.stream().filter(SoakBuild.Wanted::deleted).count());
    line(
        "builds that are to fail",
        wanted.stream().filter(it -> !it.deleted() && it.recipe().isToFail()).count());
    line(
        "builds that are to succeed",
        wanted.stream().filter(it -> !it.deleted() && !it.recipe().isToFail()).count());
    line("runs", pods.stream().map(SeenPod::run).distinct().count());
    line("Pods", pods.size());
    line("Pods that replaced another", pods.stream().filter(pod -> pod.attempt() > 1).count());
  }

  void verdict(List<Violation> violations) {
    for (var kind : Kind.values()) {
      line(kind.title(), violations.stream().filter(violation -> violation.kind() == kind).count());
    }
    if (!violations.isEmpty()) {
      System.out.println("what led to it is in " + settings.diary().toAbsolutePath());
    }
    violations.forEach(violation -> System.out.println(violation.kind() + ": " + violation.what()));
  }

  private static void line(String what, long count) {
    System.out.printf("%-34s %d%n", what, count);
  }
}
