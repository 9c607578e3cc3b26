package dev.stagewright.cache.key;

import java.util.List;
import java.util.regex.Pattern;

/** Decides how the value of an input is shown to people. */
final class ShownValue {
  /** The keys of the latest build are read for every build, so they must stay small. */
  private static final int LONGEST = 120;

  /** The names that lint warns about, since they suggest a secret that should be a mount. */
  private static final Pattern CONFIDENTIAL =
      Pattern.compile("(?i).*(apikey|auth|credential|key|passw|pword|pwd|secret|token).*");

  private ShownValue() {}

  static KeyInput of(String name, List<String> values) {
    return new KeyInput(name, shown(String.join(" ", values)));
  }

  static KeyInput ofVariable(String name, String value) {
    return new KeyInput(
        KeyInput.VARIABLE + name,
        CONFIDENTIAL.matcher(name).matches() ? digest(value) : shown(value));
  }

  private static String shown(String value) {
    return value.length() <= LONGEST ? value : digest(value);
  }

  private static String digest(String value) {
    return KeyHash.of("shown value").add(value).digest().toString();
  }
}
