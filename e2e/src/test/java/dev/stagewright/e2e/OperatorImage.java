package dev.stagewright.e2e;

import java.time.Duration;

/**
 * The image of the operator in the registry of the cluster.
 *
 * @param repository repository, including the host of the registry
 * @param digest digest of its manifest
 */
record OperatorImage(String repository, String digest) {
  private static final Duration PUSH = Duration.ofMinutes(3);

  /** Pushes the image that the build of this repository has created. */
  static OperatorImage publish(Shell tools, String registry) {
    var repository = registry + "/stagewright/stagewright";
    var layout = LocalCluster.repository().resolve("operator/image/target/image").toString();
    var pushed = tools.output(PUSH, "crane", "push", "--insecure", layout, repository + ":e2e");
    var lastLine = pushed.substring(pushed.lastIndexOf('\n') + 1);
    return new OperatorImage(repository, lastLine.substring(lastLine.indexOf('@') + 1));
  }

  @Override
  public String toString() {
    return repository + "@" + digest;
  }
}
