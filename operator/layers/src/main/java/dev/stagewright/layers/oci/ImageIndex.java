package dev.stagewright.layers.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list of manifests, one a platform: what a multi-platform tag or an image layout points at. */
public final class ImageIndex {
  private static final int SCHEMA = 2;

  private final JsonObject json;

  private ImageIndex(JsonObject json) {
    this.json = json;
  }

  /**
   * One manifest of an index.
   *
   * @param manifest its descriptor
   * @param platform what it is for; empty where that is not said
   * @param annotations by name
   */
  public record Entry(
      Descriptor manifest, Optional<Platform> platform, Map<String, String> annotations) {}

  /** An index of OCI's media type. */
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
   * Reads an index, OCI's or Docker's.
   *
   * @throws MalformedDocumentException if it is none
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

  /** Its media type, as it says itself; OCI's where it says nothing. */
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
   * The first manifest for this platform; empty if there is none. Where one of the two names no
   * variant, any will do.
   */
  public Optional<Descriptor> select(Platform platform) {
    return manifests().stream()
        .filter(entry -> entry.platform().filter(p -> fits(p, platform)).isPresent())
        .map(Entry::manifest)
        .findFirst();
  }

  private static boolean fits(Platform offered, Platform asked) {
    return offered.os().equals(asked.os())
        && offered.architecture().equals(asked.architecture())
        && (offered.variant().isEmpty()
            || asked.variant().isEmpty()
            || offered.variant().equals(asked.variant()));
  }

  /** The frozen form, which the digest is of. */
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
