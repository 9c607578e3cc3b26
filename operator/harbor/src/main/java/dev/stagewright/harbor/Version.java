package dev.stagewright.harbor;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of Harbor.
 *
 * @param major first number
 * @param minor second number
 */
public record Version(int major, int minor) implements Comparable<Version> {
  /** The first that has Harbor make bills of materials. */
  public static final Version WITH_BILLS = new Version(2, 11);

  private static final Pattern FORM = Pattern.compile("v?([0-9]{1,6})\\.([0-9]{1,6})(\\D.*)?");

  /** Reads what Harbor says, for example {@code v2.16.0-c50c7ddd}; empty for other forms. */
  public static Optional<Version> parse(String text) {
    return Optional.of(FORM.matcher(text))
        .filter(found -> found.matches())
        .map(found ->
            new Version(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
  }

  @Override
  public int compareTo(Version other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
