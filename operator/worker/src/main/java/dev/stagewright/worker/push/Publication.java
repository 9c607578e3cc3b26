package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.RegistryFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Brings an image into all its repositories, and only then lets tags point to it. So the tags of a
 * build that fails half way stay where they are.
 */
final class Publication {
  private final DestinationClients clients;
  private final RegistryClient reader;
  private final StageFolders folders;
  private final AssembledImage image;
  private final Log log;
  private final Map<String, List<ImageReference>> tags;
  private final List<ImageReference> complete = new ArrayList<>();
  private final List<ImageReference> tagged = new ArrayList<>();
  private long uploadedBytes;

  /**
   * Of an image that is to have these names.
   *
   * @param clients by repository
   * @param reader reads base images
   * @param references all names, those of the most important repository first
   */
  Publication(
      DestinationClients clients,
      RegistryClient reader,
      StageFolders folders,
      AssembledImage image,
      List<ImageReference> references,
      Log log) {
    this.clients = clients;
    this.reader = reader;
    this.folders = folders;
    this.image = image;
    this.log = log;
    this.tags =
        references.stream()
            .collect(
                Collectors.groupingBy(
                    ImageReference::name, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Brings the image into every repository, by its digest.
   *
   * @throws BuildFailedException if a registry refuses it, or cannot be reached; it says where the
   *     image is by then
   */
  void upload() throws IOException, InterruptedException {
    for (var names : tags.values()) {
      var repository = names.getFirst();
      log.say("pushing to " + repository.name() + ", " + new ByteCount(image.size()));
      try {
        uploadedBytes += at(repository).upload(image);
      } catch (RegistryException e) {
        throw failure(e);
      }
      complete.add(repository.pinned(image.manifest().descriptor().digest()));
    }
  }

  /**
   * Lets all tags point to the image, which is everywhere.
   *
   * @throws BuildFailedException as for {@link #upload}
   */
  void tag() throws IOException, InterruptedException {
    for (var names : tags.values()) {
      for (var name : names) {
        try {
          uploadedBytes += at(name).tag(image, List.of(name));
        } catch (RegistryException e) {
          throw failure(e);
        }
        tagged.add(name);
        log.say("pushed " + name + "@" + image.manifest().descriptor().digest());
      }
    }
  }

  /** How much really went over, in bytes. */
  long uploadedBytes() {
    return uploadedBytes;
  }

  private ImageUpload at(ImageReference repository) {
    return new ImageUpload(
        clients.of(repository), reader, folders, repository, List.copyOf(complete), log);
  }

  private BuildFailedException failure(RegistryException cause) {
    var message = new StringBuilder(String.valueOf(cause.getMessage()));
    if (!tagged.isEmpty()) {
      message.append("; pushed before that: ").append(list(tagged));
    } else if (!complete.isEmpty()) {
      message.append("; no tag was moved, the image is there without one: ").append(list(complete));
    }
    return RegistryFailures.ofPush(cause, message.toString());
  }

  private static String list(List<ImageReference> images) {
    return images.stream().map(ImageReference::toString).collect(Collectors.joining(", "));
  }
}
