package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code /proc/self/mountinfo}. */
public final class MountTable {
  private static final Path FILE = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;
  private static final int ESCAPE_LENGTH = 4;

  private MountTable() {}

  /** Raw paths of all mount points below this root, relative to it. */
  public static Set<String> below(Path root) throws IOException {
    return parse(
        RawName.ofBytes(Files.readAllBytes(FILE)), RawName.of(root.toAbsolutePath().toString()));
  }

  static Set<String> parse(String mountinfo, String root) {
    var prefix = root.endsWith("/") ? root : root + "/";
    var found = new TreeSet<String>();
    for (var line : mountinfo.split("\n", 0)) {
      var fields = line.split(" ", MOUNT_POINT + 2);
      if (fields.length > MOUNT_POINT) {
        var path = unescape(fields[MOUNT_POINT]);
        if (path.startsWith(prefix) && path.length() > prefix.length()) {
          found.add(path.substring(prefix.length()));
        }
      }
    }
    return Collections.unmodifiableSet(found);
  }

  /** Decodes spaces, tabs, line breaks and backslashes, which are octal escapes. */
  private static String unescape(String field) {
    var text = new StringBuilder();
    for (var i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + ESCAPE_LENGTH <= field.length()) {
        text.append((char) Integer.parseInt(field.substring(i + 1, i + ESCAPE_LENGTH), 8));
        i += ESCAPE_LENGTH - 1;
      } else {
        text.append(field.charAt(i));
      }
    }
    return text.toString();
  }
}
