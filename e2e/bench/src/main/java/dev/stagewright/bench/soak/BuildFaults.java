package dev.stagewright.bench.soak;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Faults that users cause: changed specs, suspended builds, and deleted builds.
 *
 * @param unfinished the builds that are not finished
 * @param versions number of versions of a project
 */
record BuildFaults(Supplier<List<SoakBuild>> unfinished, int versions, RandomGenerator random) {
  /** Limited, because some builds would never finish otherwise. */
  private static final int MAX_CHANGES_PER_BUILD = 3;

  private static final int MAX_SUSPENSION_MILLIS = 4_000;

  /** Replaces the spec of a build; returns the build, or empty if there is none. */
  Optional<String> edit() {
    var target = target();
    target.ifPresent(build -> build.edit(SoakSpec.random(random, versions)));
    return target.map(SoakBuild::toString);
  }

  /** Suspends and resumes a build; returns the build, or empty if there is none. */
  Optional<String> suspend() throws InterruptedException {
    var target = target();
    if (target.isPresent()) {
      target.get().suspend(true);
      Thread.sleep(random.nextInt(MAX_SUSPENSION_MILLIS));
      target.get().suspend(false);
    }
    return target.map(SoakBuild::toString);
  }

  /** Deletes a build; returns the build, or empty if there is none. */
  Optional<String> delete() {
    var target = target();
    target.ifPresent(SoakBuild::delete);
    return target.map(SoakBuild::toString);
  }

  private Optional<SoakBuild> target() {
    var targets =
        unfinished.get().stream().filter(build -> build.changes() < MAX_CHANGES_PER_BUILD).toList();
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(targets.get(random.nextInt(targets.size())));
  }
}
