package dev.stagewright.kubectl.check;

import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.pull.ResolvedImage;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds images in a registry.
 *
 * @param client client of the registry
 */
record ImageLookup(RegistryClient client) {
  private static final int LARGEST_CONFIG = 8 << 20;

  /**
   * Finds an image.
   *
   * @param platform empty for the only platform of the image, or else that of this machine
   */
  ResolvedImage find(ImageReference image, Optional<Platform> platform) throws IOException {
    return client.resolve(image, platform.isPresent() ? platform.get() : platform(image));
  }

  private Platform platform(ImageReference image) throws IOException {
    var found = client.manifest(image);
    if (found.isEmpty() || !MediaTypes.isManifest(found.get().descriptor().mediaType())) {
      return ofThisMachine();
    }
    try {
      var config = Manifest.parse(found.get().bytes()).config();
      if (config.size() > LARGEST_CONFIG) {
        return ofThisMachine();
      }
      try (var blob = client.blob(image, config)) {
        return ImageConfig.parse(blob.readAllBytes()).platform();
      }
    } catch (MalformedDocumentException e) {
      throw new IOException("cannot use " + image + ": " + e.getMessage(), e);
    }
  }

  private static Platform ofThisMachine() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> new Platform("linux", "arm64", Optional.empty());
      default -> Platform.LINUX_AMD64;
    };
  }
}
