package dev.stagewright.bench.compare.result;

import dev.stagewright.bench.compare.builder.BuildKit;
import dev.stagewright.bench.compare.builder.Stagewright;
import dev.stagewright.bench.compare.workload.Aim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares the medians of Stagewright with the aim of the workload.
 *
 * @param limit limit of the duration in this run
 */
record AimCheck(
    Aim aim,
    Optional<Double> limit,
    Optional<Double> seconds,
    Optional<Double> cpuSeconds,
    Optional<Integer> pods,
    Optional<Integer> sharedStageRuns) {

  static AimCheck of(Aim aim, WorkloadResult result) {
    return new AimCheck(
        aim,
        aim.limit(result.podStart(), completed(result, BuildKit.NAME)),
        completed(result, Stagewright.NAME),
        result.cpuSeconds(Stagewright.NAME),
        result.pods(Stagewright.NAME),
        result.sharedStageRuns(Stagewright.NAME));
  }

  /** The median of a builder that completed all rounds. */
  private static Optional<Double> completed(WorkloadResult result, String builder) {
    return result.failures().containsKey(builder) ? Optional.empty() : result.seconds(builder);
  }

  /** The aim with the limit in this run: {@code S + 1 s = 1.52 s, 1 Pod}. */
  String text() {
    return limit
        .map(value -> aim.formula().replaceFirst("(^[^,]*)", "$1 = " + decimal(value) + " s"))
        .orElse(aim.formula());
  }

  /** Whether all limits are met: {@code yes}, or what exceeds its limit; empty without limits. */
  String verdict() {
    if (seconds.isEmpty() || aim.formula().isEmpty()) {
      return "";
    }
    var exceeded = new ArrayList<String>();
    check(exceeded, "time", seconds, limit);
    check(exceeded, "processor time", cpuSeconds, aim.cpuSeconds());
    check(exceeded, "Pods", pods, aim.podCount());
    check(exceeded, "shared stage", sharedStageRuns, aim.sharedStageRuns());
    if (!exceeded.isEmpty()) {
      return "no: " + String.join(", ", exceeded);
    }
    return aim.fixed().isPresent() && limit.isEmpty() ? "not known" : "yes";
  }

  private static <T extends Comparable<T>> void check(
      List<String> exceeded, String what, Optional<T> value, Optional<T> limit) {
    if (value.isPresent() && limit.isPresent() && value.get().compareTo(limit.get()) > 0) {
      exceeded.add(what);
    }
  }

  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
