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
 */
public record Aim(
    Optional<Double> fixed,
    double pods,
    double buildKit,
    Optional<Double> cpuSeconds,
    Optional<Integer> podCount) {

  /** No aim. */
  public static Aim none() {
    return new Aim(Optional.empty(), 0, 0, Optional.empty(), Optional.empty());
  }

  /** A limit of the duration: a number of Pod starts, and seconds. */
  public static Aim podStarts(double pods, double fixed) {
    return new Aim(Optional.of(fixed), pods, 0, Optional.empty(), Optional.empty());
  }

  /** A limit of the duration: a multiple of BuildKit's. */
  public static Aim timesBuildKit(double factor) {
    return new Aim(Optional.of(0.0), 0, factor, Optional.empty(), Optional.empty());
  }

  /** The same duration plus a multiple of BuildKit's. */
  public Aim andTimesBuildKit(double factor) {
    return new Aim(fixed, pods, factor, cpuSeconds, podCount);
  }

  /** The same with a limit of processor seconds for one build. */
  public Aim withCpuSeconds(double limit) {
    return new Aim(fixed, pods, buildKit, Optional.of(limit), podCount);
  }

  /** The same with a limit of Pods for one build. */
  public Aim withPodCount(int limit) {
    return new Aim(fixed, pods, buildKit, cpuSeconds, Optional.of(limit));
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
