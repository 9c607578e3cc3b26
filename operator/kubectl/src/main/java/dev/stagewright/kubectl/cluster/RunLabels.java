package dev.stagewright.kubectl.cluster;

/** Labels of a run's Pods. They are documented for users, and so as stable as the API. */
final class RunLabels {
  static final String BUILD_UID = "stagewright.dev/build-uid";
  static final String RUN = "stagewright.dev/run";
  static final String PART = "stagewright.dev/part";
  static final String ATTEMPT = "stagewright.dev/attempt";

  private RunLabels() {}
}
