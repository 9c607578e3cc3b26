package dev.stagewright.e2e.conformance.cases;

import java.nio.file.Path;

/**
 * A conformance case.
 *
 * @param group group of the case
 * @param name name in the group
 * @param folder folder with the Dockerfile and the other files
 */
public record Case(String group, String name, Path folder, CaseProperties properties) {

  /** {@code group/name}. */
  public String fullName() {
    return group + "/" + name;
  }

  /**
   * The port of the file server of the case. It is the same in every run, because the history
   * contains it.
   */
  public int port() {
    return 20_000 + Math.floorMod(fullName().hashCode(), 10_000);
  }

  @Override
  public String toString() {
    return fullName();
  }
}
