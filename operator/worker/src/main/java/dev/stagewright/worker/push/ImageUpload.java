package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.PushTarget;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.Transfer;
import dev.stagewright.registry.http.Content;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.Parallel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Brings an image into a registry: blobs side by side, only those that it lacks; then the manifest
 * under the image's tag, so that a tag never names an image that is not all there.
 *
 * @param client for the image's registry, and for those that base layers come from
 * @param folders where the stages' layers are
 * @param image where to push, with the tag
 * @param log tells what became of each layer
 */
record ImageUpload(RegistryClient client, StageFolders folders, ImageReference image, Log log) {
  private static final int AT_ONCE = 4;

  /**
   * What came of it.
   *
   * @param digest of the manifest
   * @param uploadedBytes how much really went over
   */
  record Result(Digest digest, long uploadedBytes) {}

  Result push(AssembledImage assembled) throws IOException, InterruptedException {
    var target = client.pushTo(image);
    var blobs = new LinkedHashMap<Digest, Callable<Long>>();
    for (var layer : assembled.layers()) {
      blobs.putIfAbsent(layer.blob().digest(), () -> push(target, layer));
    }
    var config = assembled.manifest().config();
    blobs.put(config.digest(), () -> pushConfig(target, config, assembled));
    var transferred = new Parallel(AT_ONCE).all(List.copyOf(blobs.values()));
    var uploaded = transferred.stream().mapToLong(Long::longValue).sum();
    var manifest = assembled.manifest();
    var digest = target.pushManifest(image, manifest.mediaType(), manifest.bytes());
    return new Result(digest, uploaded);
  }

  private long push(PushTarget target, LayerSource layer) throws IOException {
    var blob = layer.blob();
    return switch (layer) {
      case LayerSource.Base base -> {
        var content = Content.of(blob.size(), () -> client.blob(base.image(), blob));
        var transfer = target.ensure(blob, Optional.of(base.image()), content);
        yield told(blob, "base layer", transfer, " of " + base.image().name());
      }
      case LayerSource.Own own -> {
        var content = Content.of(blob.size(), () -> folders.open(own));
        yield told(blob, "layer", target.ensure(blob, Optional.empty(), content), "");
      }
    };
  }

  private static long pushConfig(PushTarget target, Descriptor config, AssembledImage assembled)
      throws IOException {
    var content = Content.of(assembled.config().bytes());
    return target.ensure(config, Optional.empty(), content) == Transfer.UPLOADED
        ? config.size()
        : 0;
  }

  private long told(Descriptor blob, String what, Transfer transfer, String origin) {
    var how =
        switch (transfer) {
          case PRESENT -> "is there already";
          case MOUNTED -> "mounted";
          case UPLOADED -> "uploaded";
        };
    log.say(
        "%s %s%s (%s): %s"
            .formatted(what, blob.digest().shortHex(), origin, new ByteCount(blob.size()), how));
    return transfer == Transfer.UPLOADED ? blob.size() : 0;
  }
}
