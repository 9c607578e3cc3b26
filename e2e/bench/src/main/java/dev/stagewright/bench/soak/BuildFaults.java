package dev.stagewright.bench.soak;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Has users change their minds.
 *
 * @param underWay the builds that are
 */
record BuildFaults(Supplier<List<SoakBuild>> underWay, RandomGenerator random) {
  /** Else some would never end. */
  private static final int MOST_OF_A_BUILD = 3;

  private static final int LONGEST_SUSPENSION_MILLIS = 4_000;

  /** Which spec was replaced; empty if there was none to replace. */
  Optional<String> edit() {
    var target = target();
    target.ifPresent(
        build -> build.edit(Recipe.random(random, "r" + Integer.toHexString(random.nextInt()))));
    return target.map(SoakBuild::toString);
  }

  /** Which build was suspended, and resumed; empty if there was none. */
  Optional<String> suspend() throws InterruptedException {
    var target = target();
    if (target.isPresent()) {
      target.get().suspend(true);
      Thread.sleep(random.nextInt(LONGEST_SUSPENSION_MILLIS));
      target.get().suspend(false);
    }
    return target.map(SoakBuild::toString);
  }

  /** Which build was deleted; empty if there was none. */
  Optional<String> delete() {
    var target = target();
    target.ifPresent(SoakBuild::delete);
    return target.map(SoakBuild::toString);
  }

  private Optional<SoakBuild> target() {
    var targets =
        underWay.get().stream().filter(build -> build.changes() < MOST_OF_A_BUILD).toList();
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(targets.get(random.nextInt(targets.size())));
  }
}
