package dev.stagewright.dockerfile;

import dev.stagewright.dockerfile.source.GoText;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A platform: operating system and CPU architecture.
 *
 * @param os for example {@code linux}
 * @param osVersion empty if not specified
 * @param architecture for example {@code amd64}
 * @param variant for example {@code v7}; empty if not specified
 */
public record PlatformId(String os, String osVersion, String architecture, String variant) {
  private static final Pattern PART = Pattern.compile("^[A-Za-z0-9_.-]+$");
  private static final Pattern OS =
      Pattern.compile("^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$");
  private static final int MOST_PARTS = 3;
  private static final Set<String> SYSTEMS =
      Set.of(
          "aix",
          "android",
          "darwin",
          "dragonfly",
          "freebsd",
          "illumos",
          "ios",
          "js",
          "linux",
          "netbsd",
          "openbsd",
          "plan9",
          "solaris",
          "wasip1",
          "windows");
  private static final Set<String> ARCHITECTURES =
      Set.of(
          "386",
          "amd64",
          "arm",
          "arm64",
          "loong64",
          "mips",
          "mips64",
          "mips64le",
          "mipsle",
          "ppc64",
          "ppc64le",
          "riscv64",
          "s390x",
          "wasm");

  /** Creates a platform without versions. */
  public static PlatformId of(String os, String architecture) {
    return new PlatformId(os, "", architecture, "");
  }

  /**
   * Parses {@code os[/architecture[/variant]]}, or an architecture alone, which implies Linux.
   *
   * @throws IllegalArgumentException if the text is not a platform
   */
  public static PlatformId parse(String text) {
    check(text.indexOf('*') < 0, GoText.quote(text) + ": wildcards not yet supported");
    var parts = text.split("/", MOST_PARTS + 1);
    var os = OS.matcher(parts[0]);
    check(
        os.matches(),
        "%s is an invalid OS component of %s: OSAndVersion specifier component must match %s"
            .formatted(GoText.quote(parts[0]), GoText.quote(text), GoText.quote(OS.pattern())));
    for (int i = 1; i < parts.length; i++) {
      check(
          PART.matcher(parts[i]).matches(),
          "%s is an invalid component of %s: platform specifier component must match %s"
              .formatted(GoText.quote(parts[i]), GoText.quote(text), GoText.quote(PART.pattern())));
    }
    check(parts.length <= MOST_PARTS, GoText.quote(text) + ": cannot parse platform specifier");
    var system = normalizedSystem(os.group(1));
    var version = os.group(2) == null ? "" : os.group(2);
    if (parts.length == 1) {
      return single(text, system, version);
    }
    return normalized(system, version, parts[1], parts.length == 3 ? parts[2] : "");
  }

  private static PlatformId single(String text, String word, String version) {
    if (SYSTEMS.contains(word)) {
      return new PlatformId(word, version, "amd64", "");
    }
    var platform = normalized("linux", "", word, "");
    check(
        ARCHITECTURES.contains(platform.architecture()),
        GoText.quote(text) + ": unknown operating system or architecture");
    return platform;
  }

  private static String normalizedSystem(String os) {
    var lower = os.toLowerCase(Locale.ROOT);
    return lower.equals("macos") ? "darwin" : lower;
  }

  /** Normalizes the alternative names of an architecture. */
  private static PlatformId normalized(
      String os, String version, String architecture, String variant) {
    var arch = architecture.toLowerCase(Locale.ROOT);
    var lower = variant.toLowerCase(Locale.ROOT);
    return switch (arch) {
      case "i386" -> new PlatformId(os, version, "386", "");
      case "x86_64", "x86-64", "amd64" ->
          new PlatformId(os, version, "amd64", lower.equals("v1") ? "" : lower);
      case "aarch64", "arm64" ->
          new PlatformId(
              os, version, "arm64", lower.equals("8") || lower.equals("v8") ? "" : lower);
      case "armhf" -> new PlatformId(os, version, "arm", "v7");
      case "armel" -> new PlatformId(os, version, "arm", "v6");
      case "arm" ->
          new PlatformId(
              os,
              version,
              "arm",
              switch (lower) {
                case "", "7" -> "v7";
                case "5", "6", "8" -> "v" + lower;
                default -> lower;
              });
      default -> new PlatformId(os, version, arch, lower);
    };
  }

  private static void check(boolean valid, String message) {
    if (!valid) {
      throw new IllegalArgumentException(message + ": invalid argument");
    }
  }

  /** {@code os[(version)]/architecture[/variant]}. */
  @Override
  public String toString() {
    return os
        + (osVersion.isEmpty() ? "" : "(" + osVersion + ")")
        + "/"
        + architecture
        + (variant.isEmpty() ? "" : "/" + variant);
  }
}
