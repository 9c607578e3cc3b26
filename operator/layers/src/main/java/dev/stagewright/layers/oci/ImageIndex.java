package dev.stagewright.layers.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image index: a list of manifests, one per platform. Multi-platform tags and image layouts
 * refer to one.
 */
public final class ImageIndex {
  private static final int SCHEMA = 2;

  private final JsonObject json;

  private ImageIndex(JsonObject json) {
    this.json = json;
  }

  /**
   * A manifest of an index.
   *
   * @param manifest the descriptor of the manifest
   * @param platform the platform; empty if absent
   * @param annotations the annotations by name
   */
  public record Entry(
      Descriptor manifest, Optional<Platform> platform, Map<String, String> annotations) {}

  /** Creates an index with the OCI media type. */
  public static ImageIndex of(List<Entry> manifests) {
    return new ImageIndex(
        JsonObject.EMPTY
            .with("schemaVersion", SCHEMA)
            .with("mediaType", MediaTypes.INDEX)
            .withList("manifests", manifests.stream().map(ImageIndex::json).toList()));
  }

  private static JsonObject json(Entry entry) {
    var json = JsonParts.json(entry.manifest()).withMap("annotations", entry.annotations());
    return entry
        .platform()
        .map(platform -> json.with("platform", JsonParts.withPlatform(JsonObject.EMPTY, platform)))
        .orElse(json);
  }

  /**
   * Parses an index of OCI or Docker.
   *
   * @throws MalformedDocumentException if the document is malformed
   */
  public static ImageIndex parse(byte[] document) throws MalformedDocumentException {
    return JsonObject.checked(
        document,
        "image index",
        json -> {
          var index = new ImageIndex(json);
          var _ = index.manifests();
          return index;
        });
  }

  /** The media type in the document; OCI's if absent. */
  public String mediaType() {
    return json.string("mediaType").orElse(MediaTypes.INDEX);
  }

  /** The manifests, in order. */
  public List<Entry> manifests() {
    return json.objects("manifests").stream()
        .map(entry ->
            new Entry(
                JsonParts.descriptor(entry),
                entry.object("platform").map(JsonParts::platform),
                entry.stringMap("annotations")))
        .toList();
  }

  /**
   * Returns the index with the manifest of an artifact at its end, unless it has it. All other
   * entries stay as they are.
   */
  public ImageIndex withArtifact(Manifest artifact) {
    var entries = new ArrayList<>(json.objects("manifests"));
    var descriptor = artifact.descriptor();
    var digest = Optional.of(descriptor.digest().toString());
    if (entries.stream().noneMatch(entry -> entry.string("digest").equals(digest))) {
      entries.add(
          JsonParts.json(descriptor)
              .with("artifactType", artifact.artifactType().orElse(""))
              .withMap("annotations", artifact.annotations()));
    }
    return new ImageIndex(json.withList("manifests", entries));
  }

  /**
   * Returns the first manifest for a platform; empty if there is none. A missing variant on either
   * side matches any variant.
   */
  public Optional<Descriptor> select(Platform platform) {
    return manifests().stream()
        .filter(entry -> entry.platform().filter(p -> matches(p, platform)).isPresent())
        .map(Entry::manifest)
        .findFirst();
  }

  private static boolean matches(Platform available, Platform requested) {
    return available.os().equals(requested.os())
        && available.architecture().equals(requested.architecture())
        && (available.variant().isEmpty()
            || requested.variant().isEmpty()
            || available.variant().equals(requested.variant()));
  }

  /** Returns the canonical form, from which the digest is computed. */
  public byte[] bytes() {
    return json.bytes();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageIndex that && json.equals(that.json);
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
