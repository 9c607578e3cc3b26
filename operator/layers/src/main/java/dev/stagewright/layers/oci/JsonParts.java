package dev.stagewright.layers.oci;

import dev.stagewright.layers.oci.JsonObject.WrongTypeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** JSON forms of values that several documents share. */
final class JsonParts {
  private JsonParts() {}

  static Descriptor descriptor(JsonObject json) {
    return new Descriptor(
        json.string("mediaType").orElseThrow(() -> new WrongTypeException("mediaType", "present")),
        digest("digest", json.string("digest").orElse("")),
        json.number("size"),
        json.strings("urls"));
  }

  static JsonObject json(Descriptor descriptor) {
    return JsonObject.EMPTY
        .with("mediaType", descriptor.mediaType())
        .with("digest", descriptor.digest().toString())
        .withRequired("size", descriptor.size());
  }

  static List<Digest> digests(String key, List<String> texts) {
    return texts.stream().map(text -> digest(key, text)).toList();
  }

  private static Digest digest(String key, String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException _) {
      throw new WrongTypeException(key, "a sha256 digest");
    }
  }

  static Platform platform(JsonObject json) {
    return new Platform(
        json.string("os").orElse("linux"),
        json.string("architecture")
            .orElseThrow(() -> new WrongTypeException("architecture", "present")),
        json.string("variant"));
  }

  static JsonObject withPlatform(JsonObject json, Platform platform) {
    return json.with("os", platform.os())
        .with("architecture", platform.architecture())
        .with("variant", platform.variant().orElse(""));
  }

  static Optional<Instant> instant(JsonObject json, String key) {
    try {
      return json.string(key).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      throw new WrongTypeException(key, "an RFC 3339 time");
    }
  }

  static JsonObject withInstant(JsonObject json, String key, Optional<Instant> instant) {
    return json.with(key, instant.map(Instant::toString).orElse(""));
  }
}
