package dev.stagewright.e2e.conformance.cases;

import java.nio.file.Path;

/**
 * A case.
 *
 * @param group section of what is tested
 * @param name inside the group
 * @param folder with the Dockerfile and all else
 */
public record Case(String group, String name, Path folder, CaseProperties properties) {

  /** {@code group/name}. */
  public String fullName() {
    return group + "/" + name;
  }

  /** Where the case's files are served: the same port in every run, since the history tells it. */
  public int port() {
    return 20_000 + Math.floorMod(fullName().hashCode(), 10_000);
  }

  @Override
  public String toString() {
    return fullName();
  }
}
