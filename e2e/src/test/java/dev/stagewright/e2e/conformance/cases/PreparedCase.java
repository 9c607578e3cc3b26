package dev.stagewright.e2e.conformance.cases;

import java.nio.file.Path;

/**
 * A case after its preparation.
 *
 * @param folder folder with the context, the served files, and the SSH key
 * @param fingerprint hash of all inputs; equal fingerprints give equal results
 */
public record PreparedCase(Case origin, Path folder, String fingerprint) {

  /** The build context, including the Dockerfile. */
  public Path context() {
    return folder.resolve("context");
  }

  /** The files that are served by HTTP, if the case has any. */
  public Path served() {
    return folder.resolve("served");
  }

  /** The private key for the SSH agent of the build, if the case requires one. */
  public Path sshKey() {
    return folder.resolve("ssh-key");
  }
}
