package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.BlobSource;
import dev.stagewright.registry.BlobTransfer;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.http.Content;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Brings an image into one repository: blobs side by side, only those that it lacks, then the
 * manifest by its digest. Tags come by themselves, so that one never names an image that is not all
 * there.
 *
 * @param client pushes to the repository
 * @param reader reads base layers, which may take another account even at the same registry
 * @param folders where the stages' layers are
 * @param repository where to push
 * @param neighbours other repositories that have the image already
 * @param log tells what became of each layer
 */
record ImageUpload(
    RegistryClient client,
    RegistryClient reader,
    StageFolders folders,
    ImageReference repository,
    List<ImageReference> neighbours,
    Log log) {

  /** Uploads the image; returns how many bytes really went over. */
  long upload(AssembledImage image) throws IOException, InterruptedException {
    var uploaded = new LongAdder();
    client
        .pushTo(repository)
        .pushImage(blobs(image), image.manifest(), List.of(), listener(image, uploaded));
    return uploaded.sum();
  }

  /** Lets tags of the repository point to the image; returns how many bytes went over once more. */
  long tag(AssembledImage image, List<ImageReference> tags)
      throws IOException, InterruptedException {
    var uploaded = new LongAdder();
    client
        .pushTo(repository)
        .tagImage(blobs(image), image.manifest(), tags, listener(image, uploaded));
    return uploaded.sum();
  }

  private BiConsumer<BlobSource, BlobTransfer> listener(AssembledImage image, LongAdder uploaded) {
    var told = new HashMap<Digest, String>();
    image.layers().forEach(layer -> told.put(layer.blob().digest(), words(layer)));
    return (source, transfer) -> {
      var blob = source.blob();
      Optional.ofNullable(told.get(blob.digest()))
          .ifPresent(layer -> log.say(layer + ": " + words(transfer)));
      uploaded.add(transfer == BlobTransfer.UPLOADED ? blob.size() : 0);
    };
  }

  private List<BlobSource> blobs(AssembledImage image) {
    var blobs = new ArrayList<BlobSource>();
    image.layers().forEach(layer -> blobs.add(source(layer)));
    var config = Content.of(image.config().bytes());
    blobs.add(new BlobSource(image.manifest().config(), ofSameRegistry(), config));
    return blobs;
  }

  private BlobSource source(LayerSource layer) {
    var blob = layer.blob();
    return switch (layer) {
      case LayerSource.Base base ->
          new BlobSource(
              blob,
              Stream.concat(ofSameRegistry().stream(), Stream.of(base.image())).toList(),
              reader.content(base.image(), blob));
      case LayerSource.Own own ->
          new BlobSource(blob, ofSameRegistry(), Content.of(blob.size(), () -> folders.open(own)));
    };
  }

  /** Those of the same registry, which blobs can be taken over from. */
  private List<ImageReference> ofSameRegistry() {
    return neighbours.stream()
        .filter(other -> other.registry().equals(repository.registry()))
        .toList();
  }

  private static String words(LayerSource layer) {
    var what =
        switch (layer) {
          case LayerSource.Base _ -> "base layer";
          case LayerSource.Own _ -> "layer";
        };
    var origin =
        switch (layer) {
          case LayerSource.Base base -> " of " + base.image().name();
          case LayerSource.Own _ -> "";
        };
    var blob = layer.blob();
    return "%s %s%s (%s)"
        .formatted(what, blob.digest().shortHex(), origin, new ByteCount(blob.size()));
  }

  private static String words(BlobTransfer transfer) {
    return switch (transfer) {
      case PRESENT -> "is there already";
      case MOUNTED -> "mounted";
      case UPLOADED -> "uploaded";
    };
  }
}
