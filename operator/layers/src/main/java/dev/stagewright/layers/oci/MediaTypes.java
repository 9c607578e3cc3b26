package dev.stagewright.layers.oci;

import java.util.Optional;
import java.util.Set;

/** Media types of the OCI image specification, and Docker's equivalents. */
public final class MediaTypes {
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  public static final String LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
  public static final String LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
  public static final String EMPTY = "application/vnd.oci.empty.v1+json";

  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_INDEX =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
  public static final String DOCKER_LAYER_GZIP =
      "application/vnd.docker.image.rootfs.diff.tar.gzip";
  public static final String DOCKER_LAYER_ZSTD =
      "application/vnd.docker.image.rootfs.diff.tar.zstd";

  /** Of layers that registries need not have, because they could not always be distributed. */
  private static final String FOREIGN = "application/vnd.oci.image.layer.nondistributable.v1.tar";

  private static final String DOCKER_FOREIGN =
      "application/vnd.docker.image.rootfs.foreign.diff.tar";

  private static final Set<String> MANIFESTS = Set.of(MANIFEST, DOCKER_MANIFEST);
  private static final Set<String> INDEXES = Set.of(INDEX, DOCKER_INDEX);

  private MediaTypes() {}

  /** Whether this is the media type of an image manifest, OCI's or Docker's. */
  public static boolean isManifest(String mediaType) {
    return MANIFESTS.contains(mediaType);
  }

  /** Whether this is the media type of a list of manifests, OCI's or Docker's. */
  public static boolean isIndex(String mediaType) {
    return INDEXES.contains(mediaType);
  }

  /**
   * Returns Docker's media type of a layer; empty for zstd, which Docker's schema 2 does not
   * support.
   */
  public static Optional<String> dockerLayer(String mediaType) {
    return switch (distributable(mediaType)) {
      case LAYER, DOCKER_LAYER -> Optional.of(DOCKER_LAYER);
      case LAYER_GZIP, DOCKER_LAYER_GZIP -> Optional.of(DOCKER_LAYER_GZIP);
      case LAYER_ZSTD, DOCKER_LAYER_ZSTD -> Optional.empty();
      default -> Optional.of(mediaType);
    };
  }

  /**
   * Returns the OCI media type of a layer, because a manifest may not mix OCI and Docker types;
   * other types are returned unchanged.
   */
  public static String ociLayer(String mediaType) {
    return switch (distributable(mediaType)) {
      case DOCKER_LAYER -> LAYER;
      case DOCKER_LAYER_GZIP -> LAYER_GZIP;
      case DOCKER_LAYER_ZSTD -> LAYER_ZSTD;
      default -> mediaType;
    };
  }

  /**
   * As in BuildKit, an image has all its layers, even if the registry of its base image does not.
   */
  private static String distributable(String mediaType) {
    return switch (mediaType) {
      case DOCKER_FOREIGN -> DOCKER_LAYER;
      case DOCKER_FOREIGN + ".gzip" -> DOCKER_LAYER_GZIP;
      case FOREIGN -> LAYER;
      case FOREIGN + "+gzip" -> LAYER_GZIP;
      case FOREIGN + "+zstd" -> LAYER_ZSTD;
      default -> mediaType;
    };
  }
}
