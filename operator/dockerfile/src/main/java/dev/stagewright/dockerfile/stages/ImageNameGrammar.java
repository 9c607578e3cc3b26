package dev.stagewright.dockerfile.stages;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of image names, from the project distribution. */
public final class ImageNameGrammar {
  private static final int LONGEST = 1024;
  private static final String COMPONENT = "[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+";
  private static final String HOST =
      "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*"
          + "|\\[[a-fA-F0-9:]+])(?::[0-9]+)?";
  private static final String TAG = "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?";
  private static final String DIGEST =
      "(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?";
  private static final Pattern NAME =
      Pattern.compile("(?:" + HOST + "/)?" + COMPONENT + "(?:/" + COMPONENT + ")*+" + TAG + DIGEST);
  private static final Pattern BARE_DIGEST = Pattern.compile("[a-f0-9]{64}");

  private ImageNameGrammar() {}

  /** The error in a name; empty for a valid name. */
  public static Optional<String> problem(String name) {
    if (name.length() > LONGEST) {
      return Optional.of("invalid reference format");
    }
    if (BARE_DIGEST.matcher(name).matches()) {
      return Optional.of(
          "invalid repository name (" + name + "), cannot specify 64-byte hexadecimal strings");
    }
    if (NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    var repository = repository(name);
    return Optional.of(
        NAME.matcher(repository.toLowerCase(Locale.ROOT)).matches()
                && repository.chars().anyMatch(Character::isUpperCase)
            ? "invalid reference format: repository name (" + repository + ") must be lowercase"
            : "invalid reference format");
  }

  private static String repository(String name) {
    var withoutDigest = name.split("@", 2)[0];
    int colon = withoutDigest.indexOf(':', withoutDigest.lastIndexOf('/') + 1);
    var path = colon < 0 ? withoutDigest : withoutDigest.substring(0, colon);
    return path.indexOf('/') < 0 ? "library/" + path : path;
  }
}
