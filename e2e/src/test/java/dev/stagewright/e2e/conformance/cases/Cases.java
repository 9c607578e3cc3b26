package dev.stagewright.e2e.conformance.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the conformance cases. */
public final class Cases {
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
