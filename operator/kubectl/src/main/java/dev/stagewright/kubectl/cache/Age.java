package dev.stagewright.kubectl.cache;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An age in one unit, as people write it: {@code 14d}, {@code 36h}.
 *
 * @param duration the same as a duration
 */
public record Age(Duration duration) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([smhdw])");

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * Parses an age.
   *
   * @throws IllegalArgumentException if the text is not an age
   */
  public static Age parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a number with a unit, such as 14d or 36h");
    }
    var number = Long.parseLong(matcher.group(1));
    return new Age(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofDays(7 * number);
        });
  }

  /** The age in its largest unit, rounded down: {@code 3d}, {@code 5h}, {@code 40s}. */
  @Override
  public String toString() {
    if (duration.compareTo(DAY) >= 0) {
      return duration.toDays() + "d";
    }
    if (duration.compareTo(HOUR) >= 0) {
      return duration.toHours() + "h";
    }
    return duration.compareTo(MINUTE) >= 0
        ? duration.toMinutes() + "m"
        : Math.max(0, duration.toSeconds()) + "s";
  }
}
