package dev.stagewright.e2e.conformance.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the conformance cases. */
public final class Cases {
  private static final Pattern RUN = Pattern.compile("(?im)^\\s*(ONBUILD\\s+)?RUN\\b");
  private static final Pattern TRIGGER = Pattern.compile("(?im)^\\s*ONBUILD\\s+RUN\\b");
  private static final Pattern BASE = Pattern.compile("conformance/([a-z0-9-]+)");

  private Cases() {}

  /**
   * The cases in a folder, in order.
   *
   * @param folder folder with one folder for each group, which contains one folder for each case
   * @throws IOException if a case has no Dockerfile or unknown properties
   */
  public static List<Case> below(Path folder) throws IOException {
    var cases = new ArrayList<Case>();
    for (var group : folders(folder)) {
      for (var path : folders(group)) {
        if (!Files.exists(path.resolve("Dockerfile"))) {
          throw new IOException(path + " has no Dockerfile");
        }
        cases.add(
            new Case(
                group.getFileName().toString(),
                path.getFileName().toString(),
                path,
                CaseProperties.read(path.resolve("case.properties")),
                runsCommands(folder, path)));
      }
    }
    return cases;
  }

  /**
   * Looks for RUN in the Dockerfile of a case, and for its triggers in those of its base images.
   * Text of a heredoc that looks like RUN counts, too.
   */
  private static boolean runsCommands(Path folder, Path path) throws IOException {
    var dockerfile = Files.readString(path.resolve("Dockerfile"), StandardCharsets.ISO_8859_1);
    if (RUN.matcher(dockerfile).find()) {
      return true;
    }
    var bases = BASE.matcher(dockerfile);
    while (bases.find()) {
      var base = folder.resolveSibling("bases").resolve(bases.group(1)).resolve("Dockerfile");
      if (Files.exists(base) && TRIGGER.matcher(Files.readString(base)).find()) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
