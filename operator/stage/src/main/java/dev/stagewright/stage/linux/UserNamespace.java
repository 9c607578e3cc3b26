package dev.stagewright.stage.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;

/** The user namespace of this process. */
public final class UserNamespace {
  private static final Path FILE = Path.of("/proc/self/uid_map");
  private static final String EVERYBODY = "4294967295";

  private UserNamespace() {}

  /** Whether it is the user namespace of the node, in which capabilities apply to the node. */
  public static boolean isNodes() throws IOException {
    return isNodes(Files.readString(FILE));
  }

  static boolean isNodes(String uidMap) {
    var fields = new StringTokenizer(uidMap);
    return fields.countTokens() == 3
        && fields.nextToken().equals("0")
        && fields.nextToken().equals("0")
        && fields.nextToken().equals(EVERYBODY);
  }
}
