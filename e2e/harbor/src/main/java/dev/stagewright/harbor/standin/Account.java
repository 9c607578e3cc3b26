package dev.stagewright.harbor.standin;

import java.util.Set;

/**
 * An account of Harbor.
 *
 * @param name name in credentials, for example {@code robot$alpha+pusher}
 * @param secret password, or secret of a robot account
 * @param admin whether it is a system administrator
 * @param disabled whether requests with its secret are rejected
 * @param rights permissions of the account
 */
public record Account(
    String name, String secret, boolean admin, boolean disabled, Set<Right> rights) {
  public Account {
    rights = Set.copyOf(rights);
  }

  /**
   * A permission of an account.
   *
   * @param project project of the permission; {@code *} for all projects, {@code /} for the system
   * @param resource for example {@code repository}
   * @param action for example {@code push}
   */
  public record Right(String project, String resource, String action) {}

  /** Whether the account has this permission in a project. */
  boolean may(String project, String resource, String action) {
    return admin
        || rights.contains(new Right(project, resource, action))
        || rights.contains(new Right("*", resource, action));
  }

  /** In Harbor, the permission to push includes the permission to pull. */
  boolean mayPull(String project) {
    return may(project, "repository", "pull") || may(project, "repository", "push");
  }
}
