package dev.stagewright.e2e.conformance.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds cases. */
public final class Cases {
  private Cases() {}

  /**
   * The cases below a folder, in order.
   *
   * @param folder with one folder a group, and in it one a case
   * @throws IOException where a case has no Dockerfile, or properties that there are not
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
                CaseProperties.read(path.resolve("case.properties"))));
      }
    }
    return cases;
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
