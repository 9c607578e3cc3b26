package dev.stagewright.layers.oci;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A platform in Docker's notation, {@code os/architecture[/variant]}.
 *
 * @param os for example {@code linux}
 * @param architecture a Go architecture name, for example {@code amd64}
 * @param variant for example {@code v7}; empty if absent
 */
public record Platform(String os, String architecture, Optional<String> variant) {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");

  /** The default platform of builds. */
  public static final Platform LINUX_AMD64 = new Platform("linux", "amd64", Optional.empty());

  /**
   * @throws IllegalArgumentException if the text does not have the form {@code os/arch[/variant]}
   */
  public static Platform parse(String text) {
    var parts = List.of(text.split("/", -1));
    if (parts.size() < 2
        || parts.size() > 3
        || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
      throw new IllegalArgumentException("failed to parse platform " + text);
    }
    return new Platform(parts.get(0), parts.get(1), parts.stream().skip(2).findFirst());
  }

  /** {@code os/architecture} or {@code os/architecture/variant}. */
  @Override
  public String toString() {
    return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
  }
}
