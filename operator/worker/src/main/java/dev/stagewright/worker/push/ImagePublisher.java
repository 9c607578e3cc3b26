package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobSource;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.RegistryFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Publishes an image in two steps: uploads it to all its repositories, then points the tags to it.
 * No tag moves if an upload to any repository fails.
 */
final class ImagePublisher {
  private final DestinationClients clients;
  private final RegistryClient baseClient;
  private final StageResults results;
  private final AssembledImage image;
  private final Log log;
  private final Map<String, List<ImageReference>> namesByRepository;
  private final List<ImageReference> uploaded = new ArrayList<>();
  private final List<ImageReference> tagged = new ArrayList<>();
  private final LongAdder uploadedBytes = new LongAdder();

  /**
   * Creates a publisher of one image.
   *
   * @param clients the clients of the destinations
   * @param baseClient reads base layers, possibly with another account at the same registry
   * @param results the results of the stages, with their layers
   * @param references all names of the image, those of the first destination first
   */
  ImagePublisher(
      DestinationClients clients,
      RegistryClient baseClient,
      StageResults results,
      AssembledImage image,
      List<ImageReference> references,
      Log log) {
    this.clients = clients;
    this.baseClient = baseClient;
    this.results = results;
    this.image = image;
    this.log = log;
    this.namesByRepository =
        references.stream()
            .collect(
                Collectors.groupingBy(
                    ImageReference::name, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Uploads the blobs and the manifest of the image to every repository.
   *
   * @throws BuildFailedException if a registry rejects the image, or cannot be reached; the message
   *     lists the repositories that have the image
   */
  void upload() throws IOException, InterruptedException {
    for (var names : namesByRepository.values()) {
      var repository = names.getFirst();
      log.print("pushing to " + repository.name() + ", " + new ByteCount(image.size()));
      try {
        var _ =
            clients
                .of(repository)
                .pusher(repository)
                .pushImage(blobs(repository), image.manifest(), List.of(), this::recordTransfer);
      } catch (RegistryException e) {
        throw failure(e);
      }
      uploaded.add(repository.pinned(image.manifest().descriptor().digest()));
    }
  }

  /**
   * Points all tags to the image, after {@link #upload}.
   *
   * @throws BuildFailedException if a registry rejects a tag, or cannot be reached; the message
   *     lists the tags that point to the image
   */
  void tag() throws IOException, InterruptedException {
    for (var name : namesByRepository.values().stream().flatMap(List::stream).toList()) {
      try {
        clients
            .of(name)
            .pusher(name)
            .tagImage(blobs(name), image.manifest(), List.of(name), this::recordTransfer);
      } catch (RegistryException e) {
        throw failure(e);
      }
      tagged.add(name);
      log.print("pushed " + name + "@" + image.manifest().descriptor().digest());
    }
  }

  /** The number of bytes that were uploaded, without blobs that were present or mounted. */
  long uploadedBytes() {
    return uploadedBytes.sum();
  }

  private void recordTransfer(BlobSource source, BlobTransfer transfer) {
    var blob = source.blob();
    image.layers().stream()
        .filter(layer -> layer.blob().digest().equals(blob.digest()))
        .findFirst()
        .ifPresent(layer -> log.print(layer.description() + ": " + description(transfer)));
    uploadedBytes.add(transfer == BlobTransfer.UPLOADED ? blob.size() : 0);
  }

  private static String description(BlobTransfer transfer) {
    return switch (transfer) {
      case PRESENT -> "already exists";
      case MOUNTED -> "mounted";
      case UPLOADED -> "uploaded";
    };
  }

  private List<BlobSource> blobs(ImageReference repository) {
    var mountable =
        uploaded.stream().filter(other -> other.registry().equals(repository.registry())).toList();
    var config = Content.of(image.config().bytes());
    return Stream.concat(
            image.layers().stream().map(layer -> source(layer, mountable)),
            Stream.of(new BlobSource(image.manifest().config(), mountable, config)))
        .toList();
  }

  private BlobSource source(LayerSource layer, List<ImageReference> mountable) {
    var blob = layer.blob();
    return switch (layer) {
      case LayerSource.Base base ->
          new BlobSource(
              blob,
              Stream.concat(mountable.stream(), Stream.of(base.image())).toList(),
              baseClient.content(base.image(), blob));
      case LayerSource.Stage stage ->
          new BlobSource(blob, mountable, Content.of(blob.size(), () -> results.open(stage)));
    };
  }

  private BuildFailedException failure(RegistryException cause) {
    var message = new StringBuilder(String.valueOf(cause.getMessage()));
    if (!tagged.isEmpty()) {
      message.append("; already pushed: ").append(list(tagged));
    } else if (!uploaded.isEmpty()) {
      message
          .append("; no tag was moved, but the image was uploaded without a tag to ")
          .append(list(uploaded));
    }
    return RegistryFailures.ofPush(cause, message.toString());
  }

  private static String list(List<ImageReference> images) {
    return images.stream().map(ImageReference::toString).collect(Collectors.joining(", "));
  }
}
