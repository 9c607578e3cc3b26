package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Picks a platform's manifests, and says which platforms there are where it is missing. Used by one
 * thread.
 */
final class PlatformSelector {
  private static final String UNKNOWN = "unknown";

  private final Repository repository;
  private final Platform platform;
  private final Set<Platform> offered = new LinkedHashSet<>();

  PlatformSelector(Repository repository, Platform platform) {
    this.repository = repository;
    this.platform = platform;
  }

  /** What of an index may be the image: first what says so, then what says nothing. */
  List<Descriptor> candidates(ImageIndex index) {
    index.manifests().stream()
        .flatMap(entry -> entry.platform().stream())
        .filter(entry -> !entry.os().equals(UNKNOWN))
        .forEach(offered::add);
    var silent =
        index.manifests().stream()
            .filter(entry -> entry.platform().isEmpty())
            .map(ImageIndex.Entry::manifest)
            .filter(entry ->
                MediaTypes.isIndex(entry.mediaType()) || MediaTypes.isManifest(entry.mediaType()));
    return Stream.concat(index.select(platform).stream(), silent).toList();
  }

  /** Whether an image that was found is for the platform. */
  boolean fits(ResolvedImage image) {
    var only = image.config().platform();
    offered.add(only);
    return only.os().equals(platform.os()) && only.architecture().equals(platform.architecture());
  }

  /** An image without an index is of one platform. */
  ResolvedImage check(ResolvedImage image) throws RegistryException {
    if (!fits(image)) {
      throw missing();
    }
    return image;
  }

  RegistryException missing() {
    return repository
        .operation("use")
        .failed(
            ErrorKind.NOT_FOUND,
            "there is no image for platform " + platform,
            offered.isEmpty()
                ? "its index names no platform"
                : "there is "
                    + offered.stream().map(Platform::toString).collect(Collectors.joining(", ")));
  }
}
