package dev.stagewright.layers.oci;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of an image's history. Entries that are not {@code emptyLayer} correspond to the layers,
 * in order.
 *
 * @param created the time; empty if absent
 * @param createdBy the instruction; empty if absent
 * @param author the author; empty if absent
 * @param comment the comment; empty if absent
 * @param emptyLayer whether the entry has no layer
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
