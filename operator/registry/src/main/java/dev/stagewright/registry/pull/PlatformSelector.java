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
 * Selects the manifests of a platform, and collects the available platforms for the error message.
 * Not thread-safe.
 */
final class PlatformSelector {
  private static final String UNKNOWN = "unknown";

  private final Repository repository;
  private final Platform platform;
  private final Set<Platform> available = new LinkedHashSet<>();

  PlatformSelector(Repository repository, Platform platform) {
    this.repository = repository;
    this.platform = platform;
  }

  /**
   * Returns the entries of an index that may be the image: entries of the platform, then entries
   * without a platform.
   */
  List<Descriptor> candidates(ImageIndex index) {
    index.manifests().stream()
        .flatMap(entry -> entry.platform().stream())
        .filter(entry -> !entry.os().equals(UNKNOWN))
        .forEach(available::add);
    var withoutPlatform =
        index.manifests().stream()
            .filter(entry -> entry.platform().isEmpty())
            .map(ImageIndex.Entry::manifest)
            .filter(entry ->
                MediaTypes.isIndex(entry.mediaType()) || MediaTypes.isManifest(entry.mediaType()));
    return Stream.concat(index.select(platform).stream(), withoutPlatform).toList();
  }

  /** Whether the config of an image is for the platform. */
  boolean matches(ResolvedImage image) {
    var actual = image.config().platform();
    available.add(actual);
    return actual.os().equals(platform.os())
        && actual.architecture().equals(platform.architecture());
  }

  /** Checks the platform of an image without an index. */
  ResolvedImage check(ResolvedImage image) throws RegistryException {
    if (!matches(image)) {
      throw missing();
    }
    return image;
  }

  RegistryException missing() {
    return repository
        .operation("use")
        .failed(
            ErrorKind.NOT_FOUND,
            "the image does not support platform " + platform,
            available.isEmpty()
                ? "its index has no platforms"
                : "available: "
                    + available.stream().map(Platform::toString).collect(Collectors.joining(", ")));
  }
}
