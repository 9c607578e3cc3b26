package dev.stagewright.layers.oci;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The manifest of one image: its config and its layers, lowest first. Keys that are not known here
 * are kept.
 */
public final class Manifest {
  private static final int SCHEMA = 2;

  private final JsonObject json;

  private Manifest(JsonObject json) {
    this.json = json;
  }

  /** A manifest of OCI's media type, without annotations. */
  public static Manifest of(Descriptor config, List<Descriptor> layers) {
    return of(MediaTypes.MANIFEST, config, layers);
  }

  /** A manifest of Docker's media type, schema 2; config and layers have Docker's types too. */
  public static Manifest ofDocker(Descriptor config, List<Descriptor> layers) {
    return of(MediaTypes.DOCKER_MANIFEST, config, layers);
  }

  private static Manifest of(String mediaType, Descriptor config, List<Descriptor> layers) {
    return new Manifest(
        JsonObject.EMPTY
            .with("schemaVersion", SCHEMA)
            .with("mediaType", mediaType)
            .with("config", JsonParts.json(config))
            .withList("layers", layers.stream().map(JsonParts::json).toList()));
  }

  /**
   * Reads a manifest, OCI's or Docker's.
   *
   * @throws MalformedDocumentException if it is none
   */
  public static Manifest parse(byte[] document) throws MalformedDocumentException {
    return JsonObject.checked(
        document,
        "image manifest",
        json -> {
          var manifest = new Manifest(json);
          var _ = List.of(manifest.config(), manifest.layers(), manifest.annotations());
          return manifest;
        });
  }

  /** Its media type, as it says itself; OCI's where it says nothing. */
  public String mediaType() {
    return json.string("mediaType").orElse(MediaTypes.MANIFEST);
  }

  /** The image config. */
  public Descriptor config() {
    return json.object("config")
        .map(JsonParts::descriptor)
        .orElseThrow(() -> new JsonObject.WrongType("config", "there"));
  }

  /** The layers, lowest first. */
  public List<Descriptor> layers() {
    return json.objects("layers").stream().map(JsonParts::descriptor).toList();
  }

  /** Annotations, by name. */
  public SortedMap<String, String> annotations() {
    return json.stringMap("annotations");
  }

  /** The same with these annotations instead of its own. */
  public Manifest withAnnotations(Map<String, String> annotations) {
    return new Manifest(json.withMap("annotations", annotations));
  }

  /**
   * The frozen form, which the digest is of. For a manifest that was read these are other bytes
   * than those that were read.
   */
  public byte[] bytes() {
    return json.bytes();
  }

  /** What an index says of {@link #bytes}. */
  public Descriptor descriptor() {
    var bytes = bytes();
    return new Descriptor(mediaType(), Digest.of(bytes), bytes.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Manifest that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
