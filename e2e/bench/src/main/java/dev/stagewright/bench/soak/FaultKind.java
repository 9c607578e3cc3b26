package dev.stagewright.bench.soak;

/** The kinds of faults, with their relative frequency. */
enum FaultKind {
  /** A Pod is deleted with its grace period. */
  POD_DELETED(5, "Pods deleted"),
  /** A Pod is deleted without a grace period. */
  POD_KILLED(4, "Pods deleted by force"),
  /** A Pod is evicted, as in a drain of its node. */
  POD_EVICTED(5, "Pods evicted"),
  /** The Pods of the operator are deleted without a grace period. */
  OPERATOR_KILLED(3, "operator restarts"),
  /** The spec of an active build is replaced. */
  SPEC_EDITED(4, "specs changed during a run"),
  /** An active build is suspended and resumed. */
  BUILD_SUSPENDED(3, "builds suspended and resumed"),
  /** An ImageBuild is deleted during a run. */
  BUILD_DELETED(2, "ImageBuilds deleted during a run"),
  /** The registry is not available for some seconds. */
  REGISTRY_OUTAGE(1, "registry outages"),
  /** A node is stopped for some seconds; only in a cluster with several nodes. */
  NODE_OUTAGE(1, "node outages");

  private final int weight;
  private final String title;

  FaultKind(int weight, String title) {
    this.weight = weight;
    this.title = title;
  }

  int weight() {
    return weight;
  }

  /** The name of the number of faults in the report. */
  String title() {
    return title;
  }
}
