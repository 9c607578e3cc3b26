package dev.stagewright.e2e;

import java.time.Duration;

/**
 * The operator's image in the cluster's registry.
 *
 * @param repository with the registry's host
 * @param digest of its manifest
 */
record OperatorImage(String repository, String digest) {
  private static final Duration PUSH = Duration.ofMinutes(3);

  /** Pushes what the build of this repository has made. */
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
