package dev.stagewright.layers.oci;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an image's history. Those that are not {@code emptyLayer} stand for its layers, in
 * order.
 *
 * @param created when; empty if not said
 * @param createdBy the instruction; empty if not said
 * @param author who; empty if not said
 * @param comment anything; empty if not said
 * @param emptyLayer whether it made no layer
 */
public record History(
    Optional<Instant> created,
    Optional<String> createdBy,
    Optional<String> author,
    Optional<String> comment,
    boolean emptyLayer) {

  static History read(JsonObject json) {
    return new History(
        JsonParts.instant(json, "created"),
        json.string("created_by"),
        json.string("author"),
        json.string("comment"),
        json.bool("empty_layer"));
  }

  JsonObject json() {
    return JsonParts.withInstant(JsonObject.EMPTY, "created", created)
        .with("created_by", createdBy.orElse(""))
        .with("author", author.orElse(""))
        .with("comment", comment.orElse(""))
        .with("empty_layer", emptyLayer);
  }
}
