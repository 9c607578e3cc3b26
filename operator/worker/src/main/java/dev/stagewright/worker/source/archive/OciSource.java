package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.FetchedSource;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.DirectoryTree;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Fetches an artifact or image of a registry.
 *
 * @param request the requested source
 * @param platform the platform to select from an index
 * @param scratch the directory of the layers; deleted when the tree is closed
 * @param limits of the layers
 */
public record OciSource(
    SourceRequest.Oci request, Platform platform, Path scratch, ArchiveLimits limits) {
  private static final Set<String> IMAGE_CONFIGS =
      Set.of(MediaTypes.CONFIG, MediaTypes.DOCKER_CONFIG);

  /** Creates the client. */
  @FunctionalInterface
  public interface ClientFactory {
    RegistryClient open() throws IOException;
  }

  /**
   * Fetches the artifact.
   *
   * @throws BuildFailedException if it does not exist or cannot be used as a source
   */
  public SourceTree fetch(ClientFactory clients) throws IOException {
    var requested = reference();
    try (var client = clients.open()) {
      var image = client.rewritten(requested);
      var artifact = find(client, image);
      var layers = layers(artifact.manifest());
      new DirectoryTree(scratch).createEmpty();
      var files = pull(client, artifact.location(), layers);
      return open(requested, artifact, files);
    } catch (RegistryException e) {
      throw new BuildFailedException(
          Failure.of(reason(e.kind()), SourceRequest.Oci.FIELD + ": " + e.getMessage() + hint(e)),
          e);
    }
  }

  private ImageReference reference() {
    try {
      return ImageReference.parse(request.image());
    } catch (IllegalArgumentException e) {
      throw failed(FailureReason.InvalidRequest, "image: " + e.getMessage());
    }
  }

  /** A manifest, and where it was found. */
  private record Artifact(ImageReference location, Manifest manifest, Descriptor descriptor) {}

  private Artifact find(RegistryClient client, ImageReference image) throws RegistryException {
    var found =
        client
            .manifest(image)
            .orElseThrow(() ->
                failed(
                    FailureReason.SourceNotFound,
                    "image: %s does not exist in the registry".formatted(image)));
    var type = found.descriptor().mediaType();
    if (MediaTypes.isIndex(type)) {
      var resolved = client.resolve(image, platform);
      return new Artifact(resolved.location(), resolved.manifest(), resolved.descriptor());
    }
    try {
      var location = image.pinned(found.descriptor().digest());
      return new Artifact(location, Manifest.parse(found.bytes()), found.descriptor());
    } catch (MalformedDocumentException e) {
      throw failed(FailureReason.SourceInvalid, "image: %s: %s".formatted(image, e.getMessage()));
    }
  }

  /** The layers to use, lowest first. */
  private List<Descriptor> layers(Manifest manifest) {
    var all = manifest.layers();
    if (request.mediaType().isPresent()) {
      return only(
          all.stream()
              .filter(layer -> layer.mediaType().equals(request.mediaType().get()))
              .toList(),
          "of the media type " + request.mediaType().get(),
          all);
    }
    return isImage(manifest) ? all : only(all, "of any media type", all);
  }

  private static boolean isImage(Manifest manifest) {
    return IMAGE_CONFIGS.contains(manifest.config().mediaType())
        && manifest.artifactType().isEmpty();
  }

  private List<Descriptor> only(List<Descriptor> selected, String kind, List<Descriptor> all) {
    if (selected.size() == 1) {
      return selected;
    }
    throw failed(
        FailureReason.SourceInvalid,
        "image: %s has %d layers %s, and exactly one is needed; set mediaType to the media type of the layer with the files; the layers have: %s"
            .formatted(
                request.image(),
                selected.size(),
                kind,
                String.join(
                    ", ", all.stream().map(Descriptor::mediaType).distinct().limit(8).toList())));
  }

  private List<Path> pull(RegistryClient client, ImageReference location, List<Descriptor> layers)
      throws IOException {
    var total = layers.stream().mapToLong(Descriptor::size).sum();
    if (total > limits.archiveBytes()) {
      throw failed(
          FailureReason.SourceInvalid,
          "image: %s is larger than the limit of %d bytes"
              .formatted(request.image(), limits.archiveBytes()));
    }
    var files = new ArrayList<Path>();
    for (var layer : layers) {
      var file = scratch.resolve("layer-" + files.size());
      try (var blob = client.blob(location, layer)) {
        Files.copy(blob, file);
      }
      files.add(file);
    }
    return files;
  }

  private SourceTree open(ImageReference requested, Artifact artifact, List<Path> layers)
      throws IOException {
    var digest = artifact.descriptor().digest();
    var archive =
        new ArchiveOpener.Archive(
            "artifact " + requested,
            SourceRequest.Oci.FIELD,
            new FetchedSource(requested.name(), digest.toString()),
            request.directory(),
            0);
    var opener = new ArchiveOpener(scratch, limits);
    return isImage(artifact.manifest()) && request.mediaType().isEmpty()
        ? opener.openImage(archive, layers)
        : opener.open(archive, layers.getFirst());
  }

  private static FailureReason reason(ErrorKind kind) {
    if (kind.isNotFound()) {
      return FailureReason.SourceNotFound;
    }
    return kind.isAccessDenied()
        ? FailureReason.SourceUnauthorized
        : FailureReason.SourceUnavailable;
  }

  private String hint(RegistryException failure) {
    return failure.kind().isAccessDenied() && request.credentials().isEmpty()
        ? "; for a private repository, name a Secret in spec.source.oci.credentials or"
            + " spec.imagePullSecrets"
        : "";
  }

  private static BuildFailedException failed(FailureReason reason, String message) {
    return new BuildFailedException(Failure.of(reason, SourceRequest.Oci.FIELD + "." + message));
  }
}
