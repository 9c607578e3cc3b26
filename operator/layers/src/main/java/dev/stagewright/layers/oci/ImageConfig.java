package dev.stagewright.layers.oci;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An image config of the OCI image specification. Unknown keys are kept. */
public final class ImageConfig {
  private static final String DOCUMENT = "image config";

  private final JsonObject json;

  private ImageConfig(JsonObject json) {
    this.json = json;
  }

  /** Returns the config of an image without layers, the base of {@code FROM scratch}. */
  public static ImageConfig scratch(Platform platform) {
    return new ImageConfig(JsonParts.withPlatform(JsonObject.EMPTY, platform));
  }

  /**
   * Parses a config of OCI or Docker.
   *
   * @throws MalformedDocumentException if the document is malformed
   */
  public static ImageConfig parse(byte[] document) throws MalformedDocumentException {
    return JsonObject.checked(
        document,
        DOCUMENT,
        json -> {
          var config = new ImageConfig(json);
          var _ =
              List.of(
                  config.platform(),
                  config.created(),
                  config.author(),
                  config.config(),
                  config.diffIds(),
                  config.history());
          return config;
        });
  }

  /** The platform of the image. */
  public Platform platform() {
    return JsonParts.platform(json);
  }

  /** The creation time; empty if absent. */
  public Optional<Instant> created() {
    return JsonParts.instant(json, "created");
  }

  /** Returns the config with another creation time, or none. */
  public ImageConfig withCreated(Optional<Instant> created) {
    return new ImageConfig(JsonParts.withInstant(json, "created", created));
  }

  /** The author; empty if absent. */
  public Optional<String> author() {
    return json.string("author");
  }

  /** Returns the config with another author. */
  public ImageConfig withAuthor(String author) {
    return new ImageConfig(json.with("author", author));
  }

  /** The container settings. */
  public ContainerConfig config() {
    return json.object("config").map(ContainerConfig::read).orElse(ContainerConfig.EMPTY);
  }

  /** Returns the config with other container settings. */
  public ImageConfig withConfig(ContainerConfig config) {
    return new ImageConfig(json.with("config", config.json()));
  }

  /** The digests of the uncompressed layers, lowest first. */
  public List<Digest> diffIds() {
    return JsonParts.digests(
        "diff_ids", json.object("rootfs").map(r -> r.strings("diff_ids")).orElse(List.of()));
  }

  /** Returns the config with other layers. */
  public ImageConfig withDiffIds(List<Digest> diffIds) {
    var rootfs =
        JsonObject.EMPTY
            .with("type", "layers")
            .withRequired("diff_ids", diffIds.stream().map(Digest::toString).toList());
    return new ImageConfig(json.with("rootfs", rootfs));
  }

  /** The history, oldest entry first. */
  public List<History> history() {
    return json.objects("history").stream().map(History::read).toList();
  }

  /** Returns the config with another history. */
  public ImageConfig withHistory(List<History> history) {
    return new ImageConfig(json.withList("history", history.stream().map(History::json).toList()));
  }

  /** Returns the {@link #history} as a JSON array, in the canonical form. */
  public String historyJson() {
    return json.objects("history").toString();
  }

  /**
   * Parses a history that {@link #historyJson} returned.
   *
   * @throws MalformedDocumentException if the document is malformed
   */
  public static List<History> parseHistory(String array) throws MalformedDocumentException {
    var document = "{\"history\":" + array + "}";
    return JsonObject.checked(
        document.getBytes(StandardCharsets.UTF_8),
        "history",
        json -> json.objects("history").stream().map(History::read).toList());
  }

  /**
   * Returns the config without the parts that change with each build: times, layers and history.
   */
  public ImageConfig template() {
    var keys = Stream.of("created", "rootfs", "history");
    return new ImageConfig(keys.reduce(json, (j, key) -> j.with(key, ""), (a, _) -> a));
  }

  /** Returns the canonical form, from which the digest is computed. */
  public byte[] bytes() {
    return json.bytes();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageConfig that && json.equals(that.json);
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
