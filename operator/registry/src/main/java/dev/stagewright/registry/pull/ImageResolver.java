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

/** Resolves an image to the manifest and the config of one platform. */
public final class ImageResolver {
  private static final int MAX_INDEX_DEPTH = 4;
  private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1";

  private final ManifestPuller manifests;
  private final BlobPuller blobs;

  /** Creates a resolver. */
  public ImageResolver(Caller caller) {
    this.manifests = new ManifestPuller(caller);
    this.blobs = new BlobPuller(caller);
  }

  /** Resolves the digest of an image name, or else its tag, for this platform. */
  public ResolvedImage resolve(Repository repository, Platform platform) throws RegistryException {
    var selector = new PlatformSelector(repository, platform);
    try {
      var fetched = manifests.pull(repository);
      if (!MediaTypes.isIndex(fetched.descriptor().mediaType())) {
        return selector.check(image(repository, fetched));
      }
      return find(repository, fetched, selector, 1).orElseThrow(selector::missing);
    } catch (MalformedDocumentException e) {
      throw repository
          .operation("use")
          .failed(ErrorKind.INVALID, String.valueOf(e.getMessage()), "push the image again");
    }
  }

  /** An index may refer to other indexes, and to manifests without a platform. */
  private Optional<ResolvedImage> find(
      Repository repository, FetchedManifest index, PlatformSelector selector, int depth)
      throws RegistryException, MalformedDocumentException {
    for (var candidate : selector.candidates(ImageIndex.parse(index.bytes()))) {
      var pinned = repository.image().pinned(candidate.digest());
      var fetched = manifests.pull(new Repository(repository.endpoint(), pinned));
      var found =
          MediaTypes.isIndex(fetched.descriptor().mediaType())
              ? nested(repository, fetched, selector, depth + 1)
              : Optional.of(image(repository, fetched)).filter(selector::matches);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<ResolvedImage> nested(
      Repository repository, FetchedManifest index, PlatformSelector selector, int depth)
      throws RegistryException, MalformedDocumentException {
    if (depth > MAX_INDEX_DEPTH) {
      throw repository
          .operation("use")
          .failed(
              ErrorKind.INVALID,
              "the index is nested deeper than " + MAX_INDEX_DEPTH + " levels",
              "");
    }
    return find(repository, index, selector, depth);
  }

  private ResolvedImage image(Repository repository, FetchedManifest fetched)
      throws RegistryException, MalformedDocumentException {
    var descriptor = fetched.descriptor();
    if (!MediaTypes.isManifest(descriptor.mediaType())) {
      throw repository
          .operation("use")
          .failed(
              ErrorKind.INVALID,
              "the reference is not an image but \"" + descriptor.mediaType() + "\"",
              descriptor.mediaType().startsWith(SCHEMA_1)
                  ? "the image has Docker's manifest schema 1: push it again with a current tool"
                  : "check the image name: the reference may be another kind of artifact, or the"
                      + " host may not be a registry");
    }
    var manifest = Manifest.parse(fetched.bytes());
    var config = ImageConfig.parse(blobs.bytes(repository, manifest.config()));
    var location = repository.image().pinned(descriptor.digest());
    return new ResolvedImage(location, descriptor, manifest, config);
  }
}
