package dev.stagewright.worker.cache.prefix;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.PrefixRecord;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.io.VerifiedInputStream;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.registry.http.Content;
import dev.stagewright.stage.details.ExactLayer;
import dev.stagewright.stage.files.ArchiveFormat;
import dev.stagewright.worker.cache.decision.PrefixImages;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a prefix image to the repository of the cache. It reads the layers from that repository
 * and not from the workspace, to which the Pods of stages write.
 *
 * @param store repository of the cache
 * @param folder directory for temporary files, which no stage can read
 * @param compression of new layers
 */
record PrefixImageWriter(CacheStore store, Path folder, Compression compression) {

  /**
   * Writes the image for known steps. It ends before the first layer that cannot be exact.
   *
   * @return how many layers of steps it has; 0 if they are not worth an image
   */
  int write(PrefixImages.Known known, BaseImage base) throws IOException, InterruptedException {
    var record = store.step(known.last());
    if (record.isEmpty()) {
      return 0;
    }
    var layers = layers(known, record.get());
    if (!PrefixRules.areWorthwhile(known.layers().subList(0, layers.size()))) {
      return 0;
    }
    write(
        known.last(),
        base,
        new PrefixRecord(record.get().instruction(), record.get().build(), layers));
    return layers.size();
  }

  private void write(CacheKey key, BaseImage base, PrefixRecord record) throws IOException {
    var layers = record.layers();
    var blobs =
        Stream.concat(base.bringTo(store).stream(), layers.stream().map(PrefixRecord.Layer::blob))
            .toList();
    var diffIds =
        Stream.concat(
                base.image().layers().stream().map(StageBase.BaseLayer::diffId),
                layers.stream().map(PrefixRecord.Layer::diffId))
            .toList();
    var config = base.config(diffIds).bytes();
    var manifest =
        Manifest.of(new Descriptor(MediaTypes.CONFIG, Digest.of(config), config.length), blobs);
    store.putPrefixImage(key, record.in(manifest), config);
  }

  private List<PrefixRecord.Layer> layers(PrefixImages.Known known, StepRecord record)
      throws IOException, InterruptedException {
    var layers = new ArrayList<>(existing(known));
    try {
      for (var layer : known.layers().subList(layers.size(), known.layers().size())) {
        layers.add(layer(layer, record));
      }
    } catch (ExactLayer.InexactException _) {
      // The stage lays this layer, and all above it.
    }
    return layers;
  }

  /** The layers of the image for fewer steps, if there is one. */
  private List<PrefixRecord.Layer> existing(PrefixImages.Known known) throws InterruptedException {
    for (var key : known.keys().reversed().stream().skip(1).toList()) {
      var image =
          store.prefixImage(key).flatMap(manifest -> PrefixRecord.read(manifest, known.layers()));
      if (image.isPresent()) {
        return image.get().layers();
      }
    }
    return List.of();
  }

  private PrefixRecord.Layer layer(StageResult.Layer layer, StepRecord record) throws IOException {
    var digest = layer.blob().digest();
    if (layer.details().isEmpty()) {
      return new PrefixRecord.Layer(digest, Optional.empty(), layer.blob(), layer.diffId());
    }
    var exact = exact(layer, record.details(layer.details().get()).orElseThrow());
    return new PrefixRecord.Layer(digest, layer.details(), exact.blob(), exact.diffId());
  }

  /** Writes a layer with its details, and uploads it. */
  private LayerBlob exact(StageResult.Layer layer, Descriptor details) throws IOException {
    var file = Files.createTempFile(folder, "details", "");
    try {
      try (var in = store.open(details);
          var out = Files.newOutputStream(file)) {
        in.transferTo(out);
      }
      try (var in = store.open(layer.blob())) {
        var exact = ExactLayer.write(ArchiveFormat.decompress(in), file, folder, compression);
        in.transferTo(OutputStream.nullOutputStream());
        upload(exact.blob());
        return exact;
      }
    } finally {
      Files.delete(file);
    }
  }

  private void upload(Descriptor blob) throws IOException {
    var file = folder.resolve(blob.digest().hex());
    try {
      var content =
          Content.of(
              blob.size(), () -> new VerifiedInputStream(new UntrustedFile(file).in(), blob));
      var _ = store.ensure(blob, List.of(), content);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
