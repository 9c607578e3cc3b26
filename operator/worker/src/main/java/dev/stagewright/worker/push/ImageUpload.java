package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.BlobSource;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.Transfer;
import dev.stagewright.registry.http.Content;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Brings an image into a registry: blobs side by side, only those that it lacks; then the manifest,
 * and last the image's tag, so that a tag never names an image that is not all there.
 *
 * @param client for the image's registry, and for those that base layers come from
 * @param folders where the stages' layers are
 * @param image where to push, with the tag
 * @param log tells what became of each layer
 */
record ImageUpload(RegistryClient client, StageFolders folders, ImageReference image, Log log) {

  /**
   * What came of it.
   *
   * @param digest of the manifest
   * @param uploadedBytes how much really went over
   */
  record Result(Digest digest, long uploadedBytes) {}

  Result push(AssembledImage assembled) throws IOException, InterruptedException {
    var manifest = assembled.manifest();
    var told = new HashMap<Digest, String>();
    var blobs = new ArrayList<BlobSource>();
    for (var layer : assembled.layers()) {
      told.put(layer.blob().digest(), words(layer));
      blobs.add(source(layer));
    }
    var config = Content.of(assembled.config().bytes());
    blobs.add(new BlobSource(manifest.config(), Optional.empty(), config));
    var uploaded = new LongAdder();
    var digest =
        client
            .pushTo(image)
            .pushImage(
                blobs,
                manifest,
                List.of(image),
                (source, transfer) -> {
                  var blob = source.blob();
                  Optional.ofNullable(told.get(blob.digest()))
                      .ifPresent(layer -> log.say(layer + ": " + words(transfer)));
                  uploaded.add(transfer == Transfer.UPLOADED ? blob.size() : 0);
                });
    return new Result(digest, uploaded.sum());
  }

  private BlobSource source(LayerSource layer) {
    var blob = layer.blob();
    return switch (layer) {
      case LayerSource.Base base ->
          new BlobSource(
              blob,
              Optional.of(base.image()),
              Content.of(blob.size(), () -> client.blob(base.image(), blob)));
      case LayerSource.Own own ->
          new BlobSource(blob, Optional.empty(), Content.of(blob.size(), () -> folders.open(own)));
    };
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

  private static String words(Transfer transfer) {
    return switch (transfer) {
      case PRESENT -> "is there already";
      case MOUNTED -> "mounted";
      case UPLOADED -> "uploaded";
    };
  }
}
