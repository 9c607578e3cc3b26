package dev.stagewright.registry.error;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.layers.oci.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An error response of a registry.
 *
 * @param status the HTTP status code
 * @param errors the errors in the format of the distribution specification; empty if the body has
 *     another format, for example a proxy's web page
 * @param retryAfter the requested delay; empty if absent
 * @param isHtml whether the body is a web page
 */
public record ErrorResponse(
    int status, List<Entry> errors, Optional<Duration> retryAfter, boolean isHtml) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_MESSAGE_LENGTH = 500;
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /**
   * One error of the body.
   *
   * @param code for example {@code MANIFEST_UNKNOWN}
   * @param message a text for users; may be empty
   * @param blobs the digests that the error detail names
   */
  public record Entry(String code, String message, Set<Digest> blobs) {
    public Entry {
      blobs = Set.copyOf(blobs);
    }

    @Override
    public String toString() {
      return message.isEmpty() ? code : code + ": " + message;
    }
  }

  /** Parses the body of a response, whatever its format. */
  public static ErrorResponse of(int status, byte[] body, Optional<Duration> retryAfter) {
    return new ErrorResponse(status, entries(body), retryAfter, HtmlResponse.isHtml(body));
  }

  private static List<Entry> entries(byte[] body) {
    try {
      return JSON.readTree(body)
          .path("errors")
          .valueStream()
          .map(error -> new Entry(text(error, "code"), text(error, "message"), blobs(error)))
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static String text(JsonNode error, String field) {
    var text = error.path(field).asText().replaceAll("\\s+", " ").strip();
    return text.length() > MAX_MESSAGE_LENGTH ? text.substring(0, MAX_MESSAGE_LENGTH) + "…" : text;
  }

  private static Set<Digest> blobs(JsonNode error) {
    return DIGEST
        .matcher(error.path("detail").toString())
        .results()
        .map(found -> Digest.parse(found.group()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The digests that the errors name. */
  public Set<Digest> blobs() {
    return errors.stream()
        .flatMap(error -> error.blobs().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The codes of the errors. */
  public List<String> codes() {
    return errors.stream().map(Entry::code).toList();
  }

  /** Whether the message of an error contains a text, ignoring case. */
  public boolean mentions(String text) {
    return errors.stream()
        .anyMatch(error -> error.message().toLowerCase(Locale.ROOT).contains(text));
  }

  /** Returns status, codes and messages on one line. */
  @Override
  public String toString() {
    return errors.isEmpty()
        ? "HTTP status " + status
        : status + " " + errors.stream().map(Entry::toString).collect(Collectors.joining("; "));
  }
}
