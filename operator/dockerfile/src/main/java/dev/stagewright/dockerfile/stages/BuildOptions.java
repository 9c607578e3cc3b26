package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.PlatformId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a build.
 *
 * @param target name or index of a stage; empty for the last stage
 * @param buildArgs values of ARG, in order
 * @param targetPlatform platform of the image
 * @param buildPlatform platform that runs the build
 * @param namedContexts names of additional build contexts that FROM, COPY --from and RUN --mount
 *     can use
 */
public record BuildOptions(
    Optional<String> target,
    Map<String, String> buildArgs,
    PlatformId targetPlatform,
    PlatformId buildPlatform,
    Set<String> namedContexts) {
  /** Copies the collections; keeps the order of arguments. */
  public BuildOptions {
    buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
    namedContexts = Set.copyOf(namedContexts);
  }

  /** The options to build the last stage for a platform, on the same platform. */
  public static BuildOptions forPlatform(PlatformId platform) {
    return new BuildOptions(Optional.empty(), Map.of(), platform, platform, Set.of());
  }

  /** The same options with another target. */
  public BuildOptions withTarget(Optional<String> newTarget) {
    return new BuildOptions(newTarget, buildArgs, targetPlatform, buildPlatform, namedContexts);
  }

  /** The same options with other build arguments. */
  public BuildOptions withBuildArgs(Map<String, String> newArgs) {
    return new BuildOptions(target, newArgs, targetPlatform, buildPlatform, namedContexts);
  }
}
