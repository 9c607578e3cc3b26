package dev.stagewright.controller.run;

import dev.stagewright.layers.oci.Digest;
import java.nio.charset.StandardCharsets;

/**
 * The names of the objects of a run: {@code <build>-<number>-<suffix>}. They are valid DNS labels,
 * which Pods need as host names. The name of an ImageBuild that is too long or contains dots is
 * shortened and made unique with a part of its hash.
 *
 * @param build name of the ImageBuild
 * @param number of the run
 */
public record RunNames(String build, long number) {
  private static final int MAX_LABEL = 63;
  private static final int HASH_LENGTH = 8;

  /** The ConfigMap with the build request. */
  public String request() {
    return name("request");
  }

  /** The ConfigMap with the spec of a run that a change of the ImageBuild does not cancel. */
  public String spec() {
    return name("spec");
  }

  /** The ConfigMap with the build plan. */
  public String plan() {
    return name("plan");
  }

  /** The claim of the workspace. */
  public String workspace() {
    return name("workspace");
  }

  /** The network policy of stages without network access. */
  public String networkPolicy() {
    return name("isolation");
  }

  /**
   * The Pod of an attempt. The name of the first attempt has no number.
   *
   * @param key of the Pod, see {@link Task#pod}
   */
  public String pod(String key, int attempt) {
    return name(attempt == 1 ? key : key + "-" + attempt);
  }

  private String name(String suffix) {
    var ending = "-" + number + "-" + suffix;
    var maxLength = MAX_LABEL - ending.length();
    if (build.length() <= maxLength && build.indexOf('.') < 0) {
      return build + ending;
    }
    var hash = Digest.of(build.getBytes(StandardCharsets.UTF_8)).hex().substring(0, HASH_LENGTH);
    var readable = build.replace('.', '-');
    return readable.substring(0, Math.min(readable.length(), maxLength - HASH_LENGTH - 1))
        + "-"
        + hash
        + ending;
  }
}
