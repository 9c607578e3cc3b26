package dev.stagewright.harbor;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of Harbor.
 *
 * @param major the first number
 * @param minor the second number
 */
public record HarborVersion(int major, int minor) implements Comparable<HarborVersion> {
  /** The first version that generates SBOMs. */
  public static final HarborVersion WITH_SBOM = new HarborVersion(2, 11);

  private static final Pattern FORM = Pattern.compile("v?([0-9]{1,6})\\.([0-9]{1,6})(\\D.*)?");

  /** Parses a version, for example {@code v2.16.0-c50c7ddd}; empty for other formats. */
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
