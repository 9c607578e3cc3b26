package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobSource;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sources of the blobs of an image, per repository. A blob is brought into the repositories in
 * their order, so it can be mounted from those before at the same registry.
 *
 * @param repositories the repositories of the image, each as one of its references
 * @param baseClient reads base layers, possibly with another account at the same registry
 * @param results the results of the stages, with their layers
 * @param cache the cache, with the layers of steps that did not run; empty for none
 */
record Blobs(
    List<ImageReference> repositories,
    RegistryClient baseClient,
    StageResults results,
    Optional<CacheStore> cache) {

  /** Creates the sources for the repositories of these references, each once. */
  static Blobs of(
      List<ImageReference> references,
      RegistryClient baseClient,
      StageResults results,
      Optional<CacheStore> cache) {
    var repositories = new LinkedHashMap<String, ImageReference>();
    references.forEach(reference -> repositories.putIfAbsent(reference.name(), reference));
    return new Blobs(List.copyOf(repositories.values()), baseClient, results, cache);
  }

  /** The blobs of an image: its layers and its config. */
  List<BlobSource> of(AssembledImage image, ImageReference repository) {
    return Stream.concat(
            image.layers().stream().map(layer -> of(layer, repository)),
            Stream.of(config(image, repository)))
        .toList();
  }

  /** A layer. */
  BlobSource of(LayerSource layer, ImageReference repository) {
    var blob = layer.blob();
    var mountable = new ArrayList<>(mountable(repository));
    return switch (layer) {
      case LayerSource.Base base -> {
        mountable.add(base.image());
        yield new BlobSource(blob, mountable, baseClient.content(base.image(), blob));
      }
      case LayerSource.Stage stage ->
          new BlobSource(
              blob, mountable, Content.of(blob.size(), () -> results.open(stage.stage(), blob)));
      case LayerSource.Cached cached -> {
        cache
            .map(CacheStore::repository)
            .filter(other -> other.registry().equals(repository.registry()))
            .ifPresent(mountable::add);
        yield new BlobSource(blob, mountable, Content.of(blob.size(), () -> open(cached)));
      }
    };
  }

  /** Opens a layer; its digest is verified while it is read. */
  InputStream open(LayerSource layer) throws IOException {
    return switch (layer) {
      case LayerSource.Base base -> baseClient.blob(base.image(), base.blob());
      case LayerSource.Stage stage -> results.open(stage.stage(), stage.blob());
      case LayerSource.Cached cached -> open(cached);
    };
  }

  private InputStream open(LayerSource.Cached layer) throws IOException {
    return cache.isEmpty() || results.has(layer.stage(), layer.blob())
        ? results.open(layer.stage(), layer.blob())
        : cache.get().open(layer.blob());
  }

  /** The config. */
  BlobSource config(AssembledImage image, ImageReference repository) {
    return new BlobSource(
        image.manifest().config(), mountable(repository), Content.of(image.config().bytes()));
  }

  private List<ImageReference> mountable(ImageReference repository) {
    return repositories.stream()
        .takeWhile(other -> !other.name().equals(repository.name()))
        .filter(other -> other.registry().equals(repository.registry()))
        .toList();
  }
}
