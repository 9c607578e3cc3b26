package dev.stagewright.e2e.conformance.cases;

import java.nio.file.Path;

/**
 * A case as the builders get it.
 *
 * @param folder with the context, what is served, and the key for ssh
 * @param fingerprint equal where the result has to be equal
 */
public record PreparedCase(Case origin, Path folder, String fingerprint) {

  /** The build context, with the Dockerfile in it. */
  public Path context() {
    return folder.resolve("context");
  }

  /** What is served by http, if the case asks for it. */
  public Path served() {
    return folder.resolve("served");
  }

  /** The private key of the build's ssh agent, if the case asks for one. */
  public Path sshKey() {
    return folder.resolve("ssh-key");
  }
}
