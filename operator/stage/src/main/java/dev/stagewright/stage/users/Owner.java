package dev.stagewright.stage.users;

/**
 * The owner of a file.
 *
 * @param uid user
 * @param gid group
 */
public record Owner(long uid, long gid) {
  public static final Owner ROOT = new Owner(0, 0);
}
