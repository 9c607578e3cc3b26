package dev.stagewright.api.v1alpha1;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/** Parses and formats durations of the Kubernetes API, such as {@code 90s} or {@code 1h30m}. */
public final class KubernetesDuration {
  private static final Pattern WHOLE = Pattern.compile("([0-9]+(\\.[0-9]+)?(ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

  private KubernetesDuration() {}

  /**
   * Parses a duration.
   *
   * @throws IllegalArgumentException if the text is not a duration
   */
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a duration such as 90s, 10m or 1h30m, but is " + text);
    }
    var millis = BigDecimal.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      millis =
          millis.add(
              new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit(parts.group(2)))));
    }
    return Duration.ofMillis(millis.longValue());
  }

  private static long unit(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1000;
      case "m" -> 60_000;
      default -> 3_600_000;
    };
  }

  /** Formats a duration in whole seconds: {@code 1h2m3s}, {@code 0s}. */
  public static String format(Duration duration) {
    var text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    if (duration.toSecondsPart() > 0 || text.isEmpty()) {
      text.append(duration.toSecondsPart()).append('s');
    }
    return text.toString();
  }
}
