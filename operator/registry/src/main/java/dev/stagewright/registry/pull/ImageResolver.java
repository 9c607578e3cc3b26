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

/** Finds the manifest and the config of an image for one platform. */
public final class ImageResolver {
  private final ManifestPuller manifests;
  private final BlobPuller blobs;

  /** Calls with this. */
  public ImageResolver(Caller caller) {
    this.manifests = new ManifestPuller(caller);
    this.blobs = new BlobPuller(caller);
  }

  /** What the image's digest, or else its tag, names for this platform. */
  public ResolvedImage resolve(Repository repository, Platform platform) throws RegistryException {
    var choice = new PlatformChoice(repository, platform);
    var fetched = manifests.pull(repository);
    try {
      if (MediaTypes.isIndex(fetched.descriptor().mediaType())) {
        var chosen = choice.of(ImageIndex.parse(fetched.bytes()));
        var pinned = repository.image().pinned(chosen.digest());
        fetched = manifests.pull(new Repository(repository.endpoint(), pinned));
      }
      return image(repository, fetched, choice);
    } catch (MalformedDocumentException e) {
      throw repository
          .attempt("use")
          .failed(ErrorKind.INVALID, String.valueOf(e.getMessage()), "push the image anew");
    }
  }

  private ResolvedImage image(Repository repository, FetchedManifest fetched, PlatformChoice choice)
      throws RegistryException, MalformedDocumentException {
    var descriptor = fetched.descriptor();
    if (!MediaTypes.isManifest(descriptor.mediaType())) {
      throw repository
          .attempt("use")
          .failed(
              ErrorKind.INVALID,
              "it is no image but \"" + descriptor.mediaType() + "\"",
              "push it anew with a current tool if it is an image of Docker's first schema");
    }
    var manifest = Manifest.parse(fetched.bytes());
    var config = ImageConfig.parse(blobs.bytes(repository, manifest.config()));
    choice.check(config.platform());
    var location = repository.image().pinned(descriptor.digest());
    return new ResolvedImage(location, descriptor, manifest, config);
  }
}
