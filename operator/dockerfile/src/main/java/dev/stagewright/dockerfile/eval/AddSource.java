package dev.stagewright.dockerfile.eval;

import java.util.Optional;

/** A source of COPY or ADD. */
public sealed interface AddSource {

  /**
   * A path or wildcard.
   *
   * @param path as in the Dockerfile, with variables expanded; relative to the root of the source
   */
  record Local(String path) implements AddSource {}

  /**
   * A URL of ADD.
   *
   * @param url http or https
   * @param fileName name of the file if the destination is a directory
   * @param checksum expected digest of the content
   */
  record Http(String url, String fileName, Optional<String> checksum) implements AddSource {}

  /**
   * A Git repository of ADD.
   *
   * @param url of the repository, without fragment
   * @param ref branch, tag or commit; empty for HEAD
   * @param directory of the repository; empty for the root
   * @param keepGitDirectory whether {@code .git} is kept
   * @param checksum expected prefix of the commit hash
   */
  record Git(
      String url,
      Optional<String> ref,
      Optional<String> directory,
      boolean keepGitDirectory,
      Optional<String> checksum)
      implements AddSource {}
}
