package dev.stagewright.harbor;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of Harbor.
 *
 * @param major first number
 * @param minor second number
 */
public record HarborVersion(int major, int minor) implements Comparable<HarborVersion> {
  /** The first that has Harbor make bills of materials. */
  public static final HarborVersion WITH_BILLS = new HarborVersion(2, 11);

  private static final Pattern FORM = Pattern.compile("v?([0-9]{1,6})\\.([0-9]{1,6})(\\D.*)?");

  /** Reads what Harbor says, for example {@code v2.16.0-c50c7ddd}; empty for other forms. */
  public static Optional<HarborVersion> parse(String text) {
    return Optional.of(FORM.matcher(text))
        .filter(found -> found.matches())
        .map(found ->
            new HarborVersion(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
  }

  @Override
  public int compareTo(HarborVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
