package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.GoText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses durations with the syntax of Go: {@code 1h30m}, {@code 1.5s}, {@code 300ms}. */
final class GoDurationParser {
  private static final Pattern WHOLE =
      Pattern.compile("[-+]?(0|(([0-9]++\\.?[0-9]*+|\\.[0-9]++)(ns|us|µs|μs|ms|s|m|h))++)");
  private static final Pattern PART =
      Pattern.compile("([0-9]++\\.?[0-9]*+|\\.[0-9]++)(ns|us|µs|μs|ms|s|m|h)");
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private GoDurationParser() {}

  /** The duration; empty if the text is not a duration. */
  static Optional<Duration> parse(String text) {
    if (text.length() > 100 || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    var nanos = BigDecimal.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(nanoseconds(parts.group(2))));
    }
    if (nanos.compareTo(LONGEST) > 0) {
      return Optional.empty();
    }
    var duration = Duration.ofNanos(nanos.longValue());
    return Optional.of(text.startsWith("-") ? duration.negated() : duration);
  }

  /** The error message of Go for a text that is not a duration. */
  static String invalid(String text) {
    return "time: invalid duration " + GoText.quote(text);
  }

  private static BigDecimal nanoseconds(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1;
          case "ms" -> 1_000_000;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 1_000;
        });
  }
}
