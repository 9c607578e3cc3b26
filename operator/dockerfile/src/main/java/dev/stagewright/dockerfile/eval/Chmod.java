package dev.stagewright.dockerfile.eval;

import java.util.regex.Pattern;

/**
 * The syntax of {@code --chmod}: an octal mode up to 7777, or a symbolic mode such as {@code
 * u=rwX,go=rX}.
 */
final class Chmod {
  private static final Pattern OCTAL = Pattern.compile("0*[0-7]{1,4}");
  private static final Pattern SYMBOLIC =
      Pattern.compile(
          "[ugoa]*+(?:[-+=](?:[ugo]|[rwxXst]*+))++(?:,[ugoa]*+(?:[-+=](?:[ugo]|[rwxXst]*+))++)*+");

  private Chmod() {}

  static boolean isValid(String mode) {
    return OCTAL.matcher(mode).matches() || SYMBOLIC.matcher(mode).matches();
  }
}
