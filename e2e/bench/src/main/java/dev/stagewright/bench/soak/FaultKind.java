package dev.stagewright.bench.soak;

/** What is done to builds, and how often against the rest. */
enum FaultKind {
  /** A Pod is deleted, and given its time to end. */
  POD_DELETED(5, "Pods deleted"),
  /** A Pod is deleted at once, as when nobody waits for its node. */
  POD_KILLED(4, "Pods deleted by force"),
  /** A Pod is evicted, as when its node is drained. */
  POD_EVICTED(5, "Pods evicted"),
  /** The operator's Pods are deleted by force. */
  OPERATOR_KILLED(3, "operators killed"),
  /** The spec of a build is replaced in mid-run. */
  SPEC_EDITED(4, "specs edited in mid-run"),
  /** A build is suspended in mid-run, and resumed. */
  BUILD_SUSPENDED(3, "builds suspended and resumed"),
  /** An ImageBuild is deleted in mid-run. */
  BUILD_DELETED(2, "ImageBuilds deleted in mid-run"),
  /** The registry is away for a while. */
  REGISTRY_CUT(1, "times the registry was away"),
  /** A node has no power for a while; only where there are several. */
  NODE_CUT(1, "nodes whose power was cut");

  private final int weight;
  private final String title;

  FaultKind(int weight, String title) {
    this.weight = weight;
    this.title = title;
  }

  int weight() {
    return weight;
  }

  /** What a number of them is called. */
  String title() {
    return title;
  }
}
