package dev.stagewright.layers.oci;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An image config of the OCI image specification. Keys that are not known here are kept. */
public final class ImageConfig {
  private static final String WHAT = "image config";

  private final JsonObject json;

  private ImageConfig(JsonObject json) {
    this.json = json;
  }

  /** The config of an image without layers, as {@code FROM scratch} starts with. */
  public static ImageConfig scratch(Platform platform) {
    return new ImageConfig(JsonParts.withPlatform(JsonObject.EMPTY, platform));
  }

  /**
   * Reads a config, OCI's or Docker's.
   *
   * @throws MalformedDocumentException if it is none
   */
  public static ImageConfig parse(byte[] document) throws MalformedDocumentException {
    return JsonObject.checked(
        document,
        WHAT,
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

  /** What the image runs on. */
  public Platform platform() {
    return JsonParts.platform(json);
  }

  /** When it was made; empty if that is not said. */
  public Optional<Instant> created() {
    return JsonParts.instant(json, "created");
  }

  /** The same, made at another time or none. */
  public ImageConfig withCreated(Optional<Instant> created) {
    return new ImageConfig(JsonParts.withInstant(json, "created", created));
  }

  /** Who made it; empty if that is not said. */
  public Optional<String> author() {
    return json.string("author");
  }

  /** The same by somebody else. */
  public ImageConfig withAuthor(String author) {
    return new ImageConfig(json.with("author", author));
  }

  /** How its containers run. */
  public ContainerConfig config() {
    return json.object("config").map(ContainerConfig::read).orElse(ContainerConfig.EMPTY);
  }

  /** The same, whose containers run in another way. */
  public ImageConfig withConfig(ContainerConfig config) {
    return new ImageConfig(json.with("config", config.json()));
  }

  /** Digests of the uncompressed layers, lowest first. */
  public List<Digest> diffIds() {
    return JsonParts.digests(
        "diff_ids", json.object("rootfs").map(r -> r.strings("diff_ids")).orElse(List.of()));
  }

  /** The same with other layers. */
  public ImageConfig withDiffIds(List<Digest> diffIds) {
    var rootfs =
        JsonObject.EMPTY
            .with("type", "layers")
            .withRequired("diff_ids", diffIds.stream().map(Digest::toString).toList());
    return new ImageConfig(json.with("rootfs", rootfs));
  }

  /** How it was made, first step first. */
  public List<History> history() {
    return json.objects("history").stream().map(History::read).toList();
  }

  /** The same with another history. */
  public ImageConfig withHistory(List<History> history) {
    return new ImageConfig(json.withList("history", history.stream().map(History::json).toList()));
  }

  /** {@link #history} as a JSON array, in the frozen form. */
  public String historyJson() {
    return json.objects("history").toString();
  }

  /**
   * The history in a JSON array, as {@link #historyJson} gives it.
   *
   * @throws MalformedDocumentException if it is none
   */
  public static List<History> parseHistory(String array) throws MalformedDocumentException {
    var document = "{\"history\":" + array + "}";
    return JsonObject.checked(
        document.getBytes(StandardCharsets.UTF_8),
        "history",
        json -> json.objects("history").stream().map(History::read).toList());
  }

  /** What does not change from build to build: without times, layers and history. */
  public ImageConfig template() {
    var keys = Stream.of("created", "rootfs", "history");
    return new ImageConfig(keys.reduce(json, (j, key) -> j.with(key, ""), (a, _) -> a));
  }

  /** The frozen form, which the digest is of. */
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
