package dev.stagewright.bench.compare.workload;

import java.util.List;
import java.util.Set;

/**
 * How often and in which state of the caches a workload is built.
 *
 * @param parallelBuilds number of builds that start at once
 * @param earlier builds that run one after another before each measured build, whose results the
 *     measured build can use; empty if every build is the first of its kind
 */
record Schedule(int parallelBuilds, List<EarlierBuild> earlier, Set<Workload.Trait> traits) {
  /** One build that is the first of its kind. */
  static final Schedule ONE_BUILD = new Schedule(1, List.of(), Set.of());

  Schedule withParallelBuilds(int builds) {
    return new Schedule(builds, earlier, traits);
  }

  Schedule withEarlier(List<EarlierBuild> builds) {
    return new Schedule(parallelBuilds, builds, traits);
  }

  Schedule withTraits(Set<Workload.Trait> added) {
    return new Schedule(parallelBuilds, earlier, added);
  }
}
