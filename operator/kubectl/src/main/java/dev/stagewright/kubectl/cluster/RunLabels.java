package dev.stagewright.kubectl.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import java.util.Map;

/** The labels on the objects of a run. They are documented and as stable as the API. */
final class RunLabels {
  private static final String BUILD_UID = "stagewright.dev/build-uid";
  private static final String GENERATION = "stagewright.dev/run";

  static final String POD_KEY = "stagewright.dev/part";
  static final String ATTEMPT = "stagewright.dev/attempt";

  private RunLabels() {}

  /** The labels that select the objects of a run. */
  static Map<String, String> selector(ImageBuild build) {
    return Map.of(
        BUILD_UID,
        build.getMetadata().getUid(),
        GENERATION,
        Long.toString(BuildSnapshot.run(build)));
  }
}
