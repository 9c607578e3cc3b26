package dev.stagewright.bench.compare.workload;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How often and in which state of the caches a workload is built.
 *
 * @param parallelBuilds number of builds that start at once
 * @param maxRounds limit of the number of rounds; empty for none
 * @param earlier builds that run one after another before each measured build, whose results the
 *     measured build can use; empty if every build is the first of its kind
 */
record Schedule(
    int parallelBuilds,
    Optional<Integer> maxRounds,
    List<EarlierBuild> earlier,
    Set<Workload.Trait> traits) {
  /** One build that is the first of its kind. */
  static final Schedule ONE_BUILD = new Schedule(1, Optional.empty(), List.of(), Set.of());

  Schedule withParallelBuilds(int builds) {
    return new Schedule(builds, maxRounds, earlier, traits);
  }

  Schedule withMaxRounds(int rounds) {
    return new Schedule(parallelBuilds, Optional.of(rounds), earlier, traits);
  }

  Schedule withEarlier(List<EarlierBuild> builds) {
    return new Schedule(parallelBuilds, maxRounds, builds, traits);
  }

  Schedule withTraits(Set<Workload.Trait> added) {
    return new Schedule(parallelBuilds, maxRounds, earlier, added);
  }
}
