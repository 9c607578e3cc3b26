package dev.stagewright.harbor.standin;

import java.util.Set;

/**
 * Somebody who may do things.
 *
 * @param name as it is sent, for example {@code robot$alpha+pusher}
 * @param secret password or robot's secret
 * @param admin of the whole system
 * @param disabled knows its secret in vain
 * @param rights what it may do
 */
public record Account(
    String name, String secret, boolean admin, boolean disabled, Set<Right> rights) {
  public Account {
    rights = Set.copyOf(rights);
  }

  /**
   * Something that an account may do.
   *
   * @param project where; {@code *} for everywhere, {@code /} for the system
   * @param resource for example {@code repository}
   * @param action for example {@code push}
   */
  public record Right(String project, String resource, String action) {}

  /** Whether it may do this in a project. */
  boolean may(String project, String resource, String action) {
    return admin
        || rights.contains(new Right(project, resource, action))
        || rights.contains(new Right("*", resource, action));
  }

  /** Harbor lets those pull who may push. */
  boolean mayPull(String project) {
    return may(project, "repository", "pull") || may(project, "repository", "push");
  }
}
