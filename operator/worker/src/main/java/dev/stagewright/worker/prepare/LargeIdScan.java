package dev.stagewright.worker.prepare;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the text of a Dockerfile what plainly takes more than the 65,536 ids that a Pod's user
 * namespace has, or the right to make devices.
 */
final class LargeIdScan {
  /** How many ids the kubelet gives to a Pod by default. */
  static final long COUNT = 65_536;

  private static final String ID = "(\\d{1,10})?(?::(\\d{1,10}))?";
  private static final String OPTIONS = "(?:-\\S+\\s+)*";
  private static final Pattern OWNER = Pattern.compile(ID);
  private static final Pattern CHOWN =
      Pattern.compile("\\bchown\\s+" + OPTIONS + "['\"]?" + ID + "['\"]?\\s");
  private static final Pattern CHGRP =
      Pattern.compile("\\bchgrp\\s+" + OPTIONS + "(\\d{1,10})()\\s");
  private static final Pattern NEW_USER =
      Pattern.compile("\\b(?:useradd|adduser)\\b[^\\n;&|]*?\\s(?:-u|--uid)[ =]?(\\d{1,10})()\\b");
  private static final Pattern INSTALL =
      Pattern.compile("\\binstall\\b[^\\n;&|]*?\\s(?:-o|-g)\\s*(\\d{1,10})()\\b");
  private static final Pattern DEVICE =
      Pattern.compile("\\bmknod\\s+" + OPTIONS + "[^\\n;&|]*?\\s[bcu]\\s+\\w+\\s+\\w+");

  private LargeIdScan() {}

  /** Whether a user or owner, as {@code USER} and {@code --chown} have it, is beyond them. */
  static boolean isBeyond(String owner) {
    var matcher = OWNER.matcher(owner);
    return matcher.matches() && (isLarge(matcher.group(1)) || isLarge(matcher.group(2)));
  }

  /** What a command does that takes more, as a clause; empty where nothing is plain. */
  static Optional<String> in(String command) {
    for (var pattern : List.of(CHOWN, CHGRP, NEW_USER, INSTALL)) {
      var matcher = pattern.matcher(command + " ");
      while (matcher.find()) {
        if (isLarge(matcher.group(1)) || isLarge(matcher.group(2))) {
          return Optional.of("\"" + matcher.group().strip() + "\"");
        }
      }
    }
    var device = DEVICE.matcher(command);
    return device.find() ? Optional.of("\"" + device.group().strip() + "\"") : Optional.empty();
  }

  private static boolean isLarge(@Nullable String id) {
    return id != null && !id.isEmpty() && Long.parseLong(id) >= COUNT;
  }
}
