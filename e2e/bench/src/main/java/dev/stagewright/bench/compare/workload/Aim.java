package dev.stagewright.bench.compare.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Stagewright should reach in a workload. The limit of the duration is {@code fixed + pods × S
 * + buildKit × B}, where S is the time until a Pod's process starts, and B is the time of BuildKit,
 * both measured in the same run.
 *
 * @param fixed seconds
 * @param pods factor of S
 * @param buildKit factor of B
 * @param cpuSeconds limit of processor seconds for one build
 * @param podCount limit of Pods for one build
 * @param sharedStageRuns limit of runs of a stage that builds have in common
 */
public record Aim(
    Optional<Double> fixed,
    double pods,
    double buildKit,
    Optional<Double> cpuSeconds,
    Optional<Integer> podCount,
    Optional<Integer> sharedStageRuns) {
  private static final Aim NONE =
      new Aim(Optional.empty(), 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

  /** No aim. */
  public static Aim none() {
    return NONE;
  }

  /** A limit of the duration: a number of Pod starts, and seconds. */
  public static Aim podStarts(double pods, double fixed) {
    return NONE.withDuration(fixed, pods, 0);
  }

  /** A limit of the duration: a multiple of BuildKit's. */
  public static Aim timesBuildKit(double factor) {
    return NONE.withDuration(0, 0, factor);
  }

  /** The same duration plus a multiple of BuildKit's. */
  public Aim andTimesBuildKit(double factor) {
    return withDuration(fixed.orElse(0.0), pods, factor);
  }

  private Aim withDuration(double seconds, double podStarts, double timesBuildKit) {
    return new Aim(
        Optional.of(seconds), podStarts, timesBuildKit, cpuSeconds, podCount, sharedStageRuns);
  }

  /** The same with a limit of processor seconds for one build. */
  public Aim withCpuSeconds(double limit) {
    return new Aim(fixed, pods, buildKit, Optional.of(limit), podCount, sharedStageRuns);
  }

  /** The same with a limit of Pods for one build. */
  public Aim withPodCount(int limit) {
    return new Aim(fixed, pods, buildKit, cpuSeconds, Optional.of(limit), sharedStageRuns);
  }

  /** The same with a limit of runs of the stage that builds have in common. */
  public Aim withSharedStageRuns(int limit) {
    return new Aim(fixed, pods, buildKit, cpuSeconds, podCount, Optional.of(limit));
  }

  /** The limit of the duration in seconds; empty without one, or if it needs a missing figure. */
  public Optional<Double> limit(Optional<Double> podStart, Optional<Double> buildKitSeconds) {
    if (fixed.isEmpty()
        || (pods != 0 && podStart.isEmpty())
        || (buildKit != 0 && buildKitSeconds.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        fixed.get() + pods * podStart.orElse(0.0) + buildKit * buildKitSeconds.orElse(0.0));
  }

  /** The formula as text: {@code BuildKit + 2 S + 0.5 s, 2 Pods}. */
  public String formula() {
    var limits = new ArrayList<String>();
    fixed.ifPresent(seconds -> limits.add(duration(seconds)));
    cpuSeconds.ifPresent(limit -> limits.add(number(limit) + " processor s"));
    podCount.ifPresent(limit -> limits.add(limit + (limit == 1 ? " Pod" : " Pods")));
    sharedStageRuns.ifPresent(
        limit -> limits.add("shared stage " + limit + (limit == 1 ? " time" : " times")));
    return String.join(", ", limits);
  }

  private String duration(double seconds) {
    var terms = new ArrayList<>(List.<String>of());
    if (buildKit != 0) {
      terms.add(buildKit == 1 ? "BuildKit" : number(buildKit) + " × BuildKit");
    }
    if (pods != 0) {
      terms.add(pods == 1 ? "S" : number(pods) + " S");
    }
    if (seconds != 0) {
      terms.add(number(seconds) + " s");
    }
    return String.join(" + ", terms);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
