package dev.stagewright.controller.run;

/** Labels of ImageBuilds and of the objects of runs. */
public final class Labels {
  /** On an ImageBuild: the name of the operator that handles it. */
  public static final String OPERATOR = "stagewright.dev/operator";

  /** On objects of a run: the UID of the ImageBuild. */
  public static final String BUILD_UID = "stagewright.dev/build-uid";

  /** On objects of a run: the number of the run. */
  public static final String RUN = "stagewright.dev/run";

  /** On Pods: {@link Task#pod}, that is, {@code worker} or the id of a stage. */
  public static final String POD_KEY = "stagewright.dev/part";

  /** On stage Pods: the id of the stage. */
  public static final String STAGE = "stagewright.dev/stage";

  /** On Pods: the number of the attempt, starting at 1. */
  public static final String ATTEMPT = "stagewright.dev/attempt";

  /** On stage Pods: the sandbox. */
  public static final String SANDBOX = "stagewright.dev/sandbox";

  /** On the ConfigMap with the request of a run: {@link CacheUse#label}. */
  public static final String CACHE = "stagewright.dev/cache";

  /** On Pods with the claim for cache mounts: its name, or a part of it with a hash. */
  public static final String CACHE_CLAIM = "stagewright.dev/cache-claim";

  /** On stage Pods: {@code true} if the Pod runs a prefix image instead of the base image. */
  public static final String PREFIX_IMAGE = "stagewright.dev/prefix-image";

  /** On an ImageBuild and its Pods: the Kueue queue that admits the Pods. */
  public static final String KUEUE_QUEUE = "kueue.x-k8s.io/queue-name";

  /** On an ImageBuild and its Pods: the priority in the Kueue queue. */
  public static final String KUEUE_PRIORITY = "kueue.x-k8s.io/priority-class";

  /** On Pods of stages without network access: {@code none}. */
  public static final String NETWORK = "stagewright.dev/network";

  /** On all objects: the tool that manages them. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Value of {@link #MANAGED_BY}. */
  public static final String STAGEWRIGHT = "stagewright";

  private Labels() {}
}
