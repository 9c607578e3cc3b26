package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Digest;

/** Paths inside the workspace volume, relative to its root. */
public final class Workspace {
  /** Directory of the build context: {@link #TAR} and its index. */
  public static final String CONTEXT = "context";

  /** Parent of the directories of the stages. */
  public static final String STAGES = "stages";

  /** Parent of the directories of the remote sources that the prepare phase fetched for ADD. */
  public static final String REMOTES = "remotes";

  /** Directory of the cache mounts, if the build has no separate claim for them. */
  public static final String CACHE = "cache";

  /** An indexed tar archive with the files of the build context, or with the exports of a stage. */
  public static final String TAR = "files.tar";

  /** The index of {@link #TAR}. */
  public static final String INDEX = "files.idx";

  /** The result in the directory of a stage; written last. */
  public static final String RESULT = "result.json";

  /** The layers in the directory of a stage, by digest, as in an OCI image layout. */
  public static final String BLOBS = "blobs/sha256";

  /** The {@link CachedSteps} in the directory of a stage; created by renaming. */
  public static final String CACHED = "cached.json";

  /**
   * An empty file in the directory of a stage whose Pod does not run the image that its {@link
   * CachedSteps} require. Publish then fetches the layers.
   */
  public static final String LAYERS_REQUESTED = "layers-requested";

  /**
   * The directory of the {@link StepResult}s in the directory of a stage.
   *
   * @see #step
   */
  public static final String STEPS = "steps";

  private Workspace() {}

  /** The plan in the directory of an attempt of the worker Pod; created by renaming. */
  public static final String PLAN = "plan.json";

  /** An empty file in the directory of an attempt whose prepare phase ended without a plan. */
  public static final String FAILED = "failed";

  /** The directory in which the containers of an attempt of the worker Pod exchange files. */
  public static String attempt(int number) {
    return "worker/" + number;
  }

  /** The directory of a stage. */
  public static String stage(String id) {
    return STAGES + "/" + id;
  }

  /**
   * The directory of a remote source that the prepare phase fetched: {@link #TAR} and its index.
   */
  public static String remote(String id) {
    return REMOTES + "/" + id;
  }

  /** The {@link StepResult} of a step in the directory of a stage; created by renaming. */
  public static String step(int index) {
    return STEPS + "/" + index + ".json";
  }

  /** The path of a blob in the directory of a stage. */
  public static String blob(Digest digest) {
    return BLOBS + "/" + digest.hex();
  }
}
