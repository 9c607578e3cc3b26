package dev.stagewright.e2e.conformance.compare;

import java.time.Instant;
import java.util.List;

/** Compares the layers of two sandboxes for a case: equal input must give equal layers. */
public final class SandboxComparison {
  private SandboxComparison() {}

  /**
   * Compares the digests of the layers, unless a layer contains the time of the build.
   *
   * @param fixed whether the build sets all times, so that they cannot differ
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
