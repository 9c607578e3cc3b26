package dev.stagewright.layers.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The manifest of an image, or of another artifact: its config and its layers, lowest first.
 * Unknown keys are kept.
 */
public final class Manifest {
  private static final int SCHEMA = 2;

  private final JsonObject json;

  private Manifest(JsonObject json) {
    this.json = json;
  }

  /** Creates a manifest with the OCI media type and without annotations. */
  public static Manifest of(Descriptor config, List<Descriptor> layers) {
    return of(MediaTypes.MANIFEST, config, layers);
  }

  /**
   * Creates a manifest with the Docker media type, schema 2; config and layers must have Docker
   * media types, too.
   */
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
   * Parses a manifest of OCI or Docker.
   *
   * @throws MalformedDocumentException if the document is malformed
   */
  public static Manifest parse(byte[] document) throws MalformedDocumentException {
    return JsonObject.checked(
        document,
        "image manifest",
        json -> {
          var manifest = new Manifest(json);
          var _ =
              List.of(
                  manifest.config(),
                  manifest.layers(),
                  manifest.annotations(),
                  manifest.artifactType());
          return manifest;
        });
  }

  /** The media type in the document; OCI's if absent. */
  public String mediaType() {
    return json.string("mediaType").orElse(MediaTypes.MANIFEST);
  }

  /** The image config. */
  public Descriptor config() {
    return json.object("config")
        .map(JsonParts::descriptor)
        .orElseThrow(() -> new JsonObject.WrongTypeException("config", "present"));
  }

  /** The layers, lowest first. */
  public List<Descriptor> layers() {
    return json.objects("layers").stream().map(JsonParts::descriptor).toList();
  }

  /** The type of an artifact that is not an image; empty for an image. */
  public Optional<String> artifactType() {
    return json.string("artifactType");
  }

  /** Returns the manifest as an artifact of this type. */
  public Manifest withArtifactType(String type) {
    return new Manifest(json.with("artifactType", type));
  }

  /** Returns the manifest as one that is attached to another one. */
  public Manifest withSubject(Descriptor subject) {
    return new Manifest(json.with("subject", JsonParts.json(subject)));
  }

  /** Annotations, by name. */
  public SortedMap<String, String> annotations() {
    return json.stringMap("annotations");
  }

  /** Returns the manifest with other annotations. */
  public Manifest withAnnotations(Map<String, String> annotations) {
    return new Manifest(json.withMap("annotations", annotations));
  }

  /**
   * Returns the canonical form, from which the digest is computed. For a parsed manifest, these
   * bytes differ from those that were parsed.
   */
  public byte[] bytes() {
    return json.bytes();
  }

  /** Returns the descriptor of {@link #bytes}. */
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
