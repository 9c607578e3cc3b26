package dev.stagewright.e2e.conformance.cases;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * A conformance case.
 *
 * @param group group of the case
 * @param name name in the group
 * @param folder folder with the Dockerfile and the other files
 * @param runsCommands whether the Dockerfile or a base image of the case has a RUN
 */
public record Case(
    String group, String name, Path folder, CaseProperties properties, boolean runsCommands) {

  /** {@code group/name}. */
  public String fullName() {
    return group + "/" + name;
  }

  /** The sandboxes in which the case is built: a case without RUN also runs in the worker. */
  public Set<Sandbox> sandboxes() {
    var sandboxes = EnumSet.copyOf(properties.sandboxes());
    if (!runsCommands) {
      sandboxes.add(Sandbox.WORKER);
    }
    return sandboxes;
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
