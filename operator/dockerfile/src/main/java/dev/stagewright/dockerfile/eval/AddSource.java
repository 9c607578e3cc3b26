package dev.stagewright.dockerfile.eval;

import java.util.Optional;

/** A source of COPY or ADD. */
public sealed interface AddSource {

  /**
   * A path or wildcard.
   *
   * @param path as written, expanded; relative to the root of where files are taken from
   */
  record Local(String path) implements AddSource {}

  /**
   * A URL of ADD.
   *
   * @param url http or https
   * @param fileName what the file is called when the destination is a directory
   * @param checksum digest that its content must have
   */
  record Http(String url, String fileName, Optional<String> checksum) implements AddSource {}

  /**
   * A git repository of ADD.
   *
   * @param url of the repository, without fragment
   * @param ref branch, tag or commit; empty means the remote's HEAD
   * @param directory of the repository to add; empty means all of it
   * @param keepGitDirectory whether {@code .git} is kept
   * @param checksum beginning of the commit's hash that must come out
   */
  record Git(
      String url,
      Optional<String> ref,
      Optional<String> directory,
      boolean keepGitDirectory,
      Optional<String> checksum)
      implements AddSource {}
}
