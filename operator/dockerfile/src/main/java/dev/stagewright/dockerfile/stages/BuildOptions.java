package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.PlatformId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a build is asked for.
 *
 * @param target name or index of a stage; empty means the last
 * @param buildArgs values for ARG, in order
 * @param targetPlatform what is built
 * @param buildPlatform what it is built on
 * @param namedContexts names that stand for a build context of their own where FROM, COPY --from or
 *     RUN --mount name them
 */
public record BuildOptions(
    Optional<String> target,
    Map<String, String> buildArgs,
    PlatformId targetPlatform,
    PlatformId buildPlatform,
    Set<String> namedContexts) {
  /** Copies the collections; the order of arguments stays. */
  public BuildOptions {
    buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
    namedContexts = Set.copyOf(namedContexts);
  }

  /** Builds the last stage for one platform, on the same. */
  public static BuildOptions forPlatform(PlatformId platform) {
    return new BuildOptions(Optional.empty(), Map.of(), platform, platform, Set.of());
  }

  /** The same for this target. */
  public BuildOptions withTarget(Optional<String> newTarget) {
    return new BuildOptions(newTarget, buildArgs, targetPlatform, buildPlatform, namedContexts);
  }

  /** The same with these arguments. */
  public BuildOptions withBuildArgs(Map<String, String> newArgs) {
    return new BuildOptions(target, newArgs, targetPlatform, buildPlatform, namedContexts);
  }
}
