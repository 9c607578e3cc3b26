package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.pull.ManifestPuller;
import java.util.List;

/**
 * Attaches artifacts to images.
 *
 * @param repository of the image and the artifact
 */
record ReferrerPusher(Repository repository, ManifestPusher manifests, ManifestPuller puller) {

  void attach(Manifest artifact, Digest image) throws RegistryException {
    var descriptor = artifact.descriptor();
    var isListed =
        manifests.pushAttached(
            at(repository.image().pinned(descriptor.digest())),
            artifact.mediaType(),
            artifact.bytes());
    if (!isListed) {
      var tag = at(repository.image().tagged(image.toString().replace(':', '-')));
      var index = index(tag).withArtifact(artifact);
      var _ = manifests.push(tag, index.mediaType(), index.bytes());
    }
  }

  private ImageIndex index(Repository tag) throws RegistryException {
    try {
      return ImageIndex.parse(puller.pull(tag).bytes());
    } catch (RegistryException e) {
      if (e.kind().isNotFound()) {
        return ImageIndex.of(List.of());
      }
      throw e;
    } catch (MalformedDocumentException e) {
      throw tag.operation("attach an artifact to")
          .failed(ErrorKind.INVALID, "the index is malformed: " + e.getMessage(), "");
    }
  }

  private Repository at(ImageReference image) {
    return new Repository(repository.endpoint(), image);
  }
}
