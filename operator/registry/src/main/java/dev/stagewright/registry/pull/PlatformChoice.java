package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import java.util.List;
import java.util.stream.Collectors;

/** Picks a platform's manifest, and says which platforms there are where it is missing. */
final class PlatformChoice {
  private static final String UNKNOWN = "unknown";

  private final Repository repository;
  private final Platform platform;

  PlatformChoice(Repository repository, Platform platform) {
    this.repository = repository;
    this.platform = platform;
  }

  Descriptor of(ImageIndex index) throws RegistryException {
    return index
        .select(platform)
        .orElseThrow(() ->
            missing(
                index.manifests().stream()
                    .flatMap(entry -> entry.platform().stream())
                    .filter(offered -> !offered.os().equals(UNKNOWN))
                    .distinct()
                    .toList()));
  }

  /** An image without an index is of one platform. */
  void check(Platform only) throws RegistryException {
    if (!only.os().equals(platform.os()) || !only.architecture().equals(platform.architecture())) {
      throw missing(List.of(only));
    }
  }

  private RegistryException missing(List<Platform> offered) {
    return repository
        .attempt("use")
        .failed(
            ErrorKind.NOT_FOUND,
            "there is no image for platform " + platform,
            offered.isEmpty()
                ? "its index names no platform"
                : "there is "
                    + offered.stream().map(Platform::toString).collect(Collectors.joining(", ")));
  }
}
