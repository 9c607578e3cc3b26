package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import java.util.Optional;

/** Finds the manifest and the config of an image for one platform. */
public final class ImageResolver {
  private static final int MAX_INDEX_DEPTH = 4;
  private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1";

  private final ManifestPuller manifests;
  private final BlobPuller blobs;

  /** Calls with this. */
  public ImageResolver(Caller caller) {
    this.manifests = new ManifestPuller(caller);
    this.blobs = new BlobPuller(caller);
  }

  /** What the image's digest, or else its tag, names for this platform. */
  public ResolvedImage resolve(Repository repository, Platform platform) throws RegistryException {
    var choice = new PlatformSelector(repository, platform);
    try {
      var fetched = manifests.pull(repository);
      if (!MediaTypes.isIndex(fetched.descriptor().mediaType())) {
        return choice.check(image(repository, fetched));
      }
      return find(repository, fetched, choice, 1).orElseThrow(choice::missing);
    } catch (MalformedDocumentException e) {
      throw repository
          .operation("use")
          .failed(ErrorKind.INVALID, String.valueOf(e.getMessage()), "push the image anew");
    }
  }

  /** An index may name other indexes, and manifests without saying for which platform. */
  private Optional<ResolvedImage> find(
      Repository repository, FetchedManifest index, PlatformSelector choice, int depth)
      throws RegistryException, MalformedDocumentException {
    for (var candidate : choice.candidates(ImageIndex.parse(index.bytes()))) {
      var pinned = repository.image().pinned(candidate.digest());
      var fetched = manifests.pull(new Repository(repository.endpoint(), pinned));
      var found =
          MediaTypes.isIndex(fetched.descriptor().mediaType())
              ? nested(repository, fetched, choice, depth + 1)
              : Optional.of(image(repository, fetched)).filter(choice::fits);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<ResolvedImage> nested(
      Repository repository, FetchedManifest index, PlatformSelector choice, int depth)
      throws RegistryException, MalformedDocumentException {
    if (depth > MAX_INDEX_DEPTH) {
      throw repository
          .operation("use")
          .failed(
              ErrorKind.INVALID,
              "its indexes are nested deeper than " + MAX_INDEX_DEPTH + " levels",
              "");
    }
    return find(repository, index, choice, depth);
  }

  private ResolvedImage image(Repository repository, FetchedManifest fetched)
      throws RegistryException, MalformedDocumentException {
    var descriptor = fetched.descriptor();
    if (!MediaTypes.isManifest(descriptor.mediaType())) {
      throw repository
          .operation("use")
          .failed(
              ErrorKind.INVALID,
              "it is no image but \"" + descriptor.mediaType() + "\"",
              descriptor.mediaType().startsWith(SCHEMA_1)
                  ? "an image of Docker's first schema: push it anew with a current tool"
                  : "check the image's name: it may be an artifact of another kind, or the host"
                      + " not a registry");
    }
    var manifest = Manifest.parse(fetched.bytes());
    var config = ImageConfig.parse(blobs.bytes(repository, manifest.config()));
    var location = repository.image().pinned(descriptor.digest());
    return new ResolvedImage(location, descriptor, manifest, config);
  }
}
