package dev.stagewright.controller.run;

import dev.stagewright.layers.oci.Digest;
import java.nio.charset.StandardCharsets;

/**
 * Names of a run's objects: {@code <build>-<generation>-<what>}. They fit a DNS label, which Pods
 * want as their host name; a build's name that is too long or has dots is shortened, with a part of
 * its hash to keep it apart from others.
 *
 * @param build name of the ImageBuild
 * @param generation that is built
 */
public record RunNames(String build, long generation) {
  private static final int MAX_LABEL = 63;
  private static final int HASH = 8;

  /** The ConfigMap that tells prepare and push what to do. */
  public String request() {
    return name("request");
  }

  /** The ConfigMap that keeps the spec of a run that an edit shall not replace. */
  public String spec() {
    return name("spec");
  }

  /** The ConfigMap with the plan. */
  public String plan() {
    return name("plan");
  }

  /** The claim of the workspace. */
  public String workspace() {
    return name("workspace");
  }

  /** The network policy of stages that are to reach nothing. */
  public String isolation() {
    return name("isolation");
  }

  /** A Pod: the first of its part has no number. */
  public String pod(Task task, int attempt) {
    return name(attempt == 1 ? task.key() : task.key() + "-" + attempt);
  }

  private String name(String what) {
    var suffix = "-" + generation + "-" + what;
    var room = MAX_LABEL - suffix.length();
    if (build.length() <= room && build.indexOf('.') < 0) {
      return build + suffix;
    }
    var hash = Digest.of(build.getBytes(StandardCharsets.UTF_8)).hex().substring(0, HASH);
    var readable = build.replace('.', '-');
    return readable.substring(0, Math.min(readable.length(), room - HASH - 1))
        + "-"
        + hash
        + suffix;
  }
}
