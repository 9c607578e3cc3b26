package dev.stagewright.stage.users;

/**
 * Who owns a file.
 *
 * @param uid user
 * @param gid group
 */
public record Owner(long uid, long gid) {
  public static final Owner ROOT = new Owner(0, 0);
}
