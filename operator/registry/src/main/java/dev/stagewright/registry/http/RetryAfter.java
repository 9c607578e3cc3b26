package dev.stagewright.registry.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Parses the header {@code Retry-After}, which is a number of seconds or a time. */
public final class RetryAfter {
  private RetryAfter() {}

  /**
   * Returns the delay from the time of receipt; empty if the response does not have a valid header.
   */
  public static Optional<Duration> of(Response response, Instant received) {
    return response.header("Retry-After").flatMap(value -> parse(value.strip(), received));
  }

  static Optional<Duration> parse(String value, Instant received) {
    try {
      return Optional.of(
          value.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value))
              : until(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME), received));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration until(ZonedDateTime time, Instant received) {
    var wait = Duration.between(received, time.toInstant());
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
