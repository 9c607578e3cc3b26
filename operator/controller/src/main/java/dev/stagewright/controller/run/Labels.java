package dev.stagewright.controller.run;

/** Labels on ImageBuilds and on what a run creates. */
public final class Labels {
  /** On an ImageBuild: name of the operator that is to handle it. */
  public static final String OPERATOR = "stagewright.dev/operator";

  /** On what a run creates: uid of its ImageBuild. */
  public static final String BUILD_UID = "stagewright.dev/build-uid";

  /** On what a run creates: the generation that it builds. */
  public static final String RUN = "stagewright.dev/run";

  /** On Pods: {@code prepare}, {@code check}, {@code push}, or the stage's id. */
  public static final String PART = "stagewright.dev/part";

  /** On stage Pods: the stage's id. */
  public static final String STAGE = "stagewright.dev/stage";

  /** On Pods: 1 for the first Pod of a part, then counted up. */
  public static final String ATTEMPT = "stagewright.dev/attempt";

  /** On stage Pods: the sandbox that they are made for. */
  public static final String SANDBOX = "stagewright.dev/sandbox";

  /** On an ImageBuild, and then on its Pods: the queue of Kueue's that admits them. */
  public static final String KUEUE_QUEUE = "kueue.x-k8s.io/queue-name";

  /** On an ImageBuild, and then on its Pods: their priority in Kueue's queue. */
  public static final String KUEUE_PRIORITY = "kueue.x-k8s.io/priority-class";

  /** On Pods of stages that are to reach nothing: {@code none}. */
  public static final String NETWORK = "stagewright.dev/network";

  /** On everything: who made it. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Value of {@link #MANAGED_BY}. */
  public static final String STAGEWRIGHT = "stagewright";

  private Labels() {}
}
