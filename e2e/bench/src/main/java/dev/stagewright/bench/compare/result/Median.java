package dev.stagewright.bench.compare.result;

import java.util.Collection;
import java.util.Optional;

/** Medians. */
public final class Median {
  private Median() {}

  /** The median of some values; of an even number, the mean of the middle two. */
  public static Optional<Double> of(Collection<Double> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    var sorted = values.stream().sorted().toList();
    var upper = sorted.size() / 2;
    return Optional.of((sorted.get((sorted.size() - 1) / 2) + sorted.get(upper)) / 2);
  }
}
