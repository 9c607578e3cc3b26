package dev.stagewright.e2e.conformance.compare;

import java.time.Instant;
import java.util.List;

/** Compares what two sandboxes made of one case: equal input has to give equal layers. */
public final class SandboxComparison {
  private SandboxComparison() {}

  /**
   * Compares the layers' digests, unless a layer holds the time of the build.
   *
   * @param fixed whether times of the build are clamped, and so cannot differ
   */
  public static List<Difference> compare(Built one, Built other, boolean fixed) {
    var first = one.image().diffIds();
    var second = other.image().diffIds();
    if (first.equals(second) || (!fixed && (holdsNow(one) || holdsNow(other)))) {
      return List.of();
    }
    return List.of(
        new Difference("sandboxes", "-", "this sandbox " + first, "the other sandbox " + second));
  }

  private static boolean holdsNow(Built built) {
    return built.image().layers().stream()
        .flatMap(layer -> layer.members().stream())
        .map(member -> member.header().mtime())
        .anyMatch((Instant time) -> built.isNow(time));
  }
}
