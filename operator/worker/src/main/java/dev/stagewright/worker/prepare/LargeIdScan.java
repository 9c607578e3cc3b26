package dev.stagewright.worker.prepare;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Searches commands and owners in a Dockerfile for ids beyond the 65,536 ids of a Pod's user
 * namespace, and for the creation of devices.
 */
final class LargeIdScan {
  /** The number of ids that the kubelet assigns to a Pod by default. */
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

  /** Whether a value of {@code USER} or {@code --chown} has an id beyond the user namespace. */
  static boolean isLargeOwner(String owner) {
    var matcher = OWNER.matcher(owner);
    return matcher.matches() && (isLarge(matcher.group(1)) || isLarge(matcher.group(2)));
  }

  /** The quoted part of a command that needs a larger id or a device; empty if there is none. */
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
