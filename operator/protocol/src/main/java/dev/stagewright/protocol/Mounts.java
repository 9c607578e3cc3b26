package dev.stagewright.protocol;

/** Where the Pods of a build find things in their containers. */
public final class Mounts {
  /**
   * Where the runtime is brought in. The image holds its files under this folder, so that an image
   * volume mounted here shows them one level deeper; the link {@code .stagewright -> .} inside it
   * makes {@link #RUNTIME} right in every case.
   */
  public static final String RUNTIME_VOLUME = "/.stagewright";

  /** The runtime's files, whichever way they came. */
  public static final String RUNTIME = RUNTIME_VOLUME + "/.stagewright";

  /** All other mounts of ours lie below this folder; it never lands in a layer. */
  public static final String ROOT = "/.stagewright.d";

  /** Folder of the ConfigMap with {@link #REQUEST_FILE}. */
  public static final String REQUEST = ROOT + "/request";

  /** Key of the request's ConfigMap. */
  public static final String REQUEST_FILE = "request.json";

  /** Folder of the ConfigMap with {@link #PLAN_FILE}. */
  public static final String PLAN = ROOT + "/plan";

  /** Key of the plan's ConfigMap. */
  public static final String PLAN_FILE = "plan.json";

  /** The whole workspace, in prepare (writable) and push (read-only). */
  public static final String WORKSPACE = ROOT + "/workspace";

  /** A source that is a volume, in prepare. */
  public static final String SOURCE = ROOT + "/source";

  /** A basic-auth Secret ({@code username}, {@code password}), in prepare. */
  public static final String GIT_CREDENTIALS = ROOT + "/git";

  /**
   * Folders, one a Secret, each with {@code .dockerconfigjson}: base-image credentials in prepare;
   * in push {@code 0} is the output's.
   */
  public static final String REGISTRY_CREDENTIALS = ROOT + "/registry";

  /**
   * Folders with {@code ca.crt}, {@code tls.crt} and {@code tls.key} of registries, in prepare and
   * push; {@link BuildRequest.RegistryHost#tls} names them.
   */
  public static final String REGISTRY_TLS = ROOT + "/registry-tls";

  /** The stage's own folder, writable, in a stage Pod. */
  public static final String OWN = ROOT + "/own";

  /** The context's folder, read-only, in a stage Pod. */
  public static final String CONTEXT = ROOT + "/context";

  /** Folder of the read-only folders of the stages that a stage reads from. */
  public static final String STAGES = ROOT + "/stages";

  /** What prepare fetched for ADD, read-only, in a stage Pod: folders as in {@link Workspace}. */
  public static final String REMOTES = ROOT + "/remotes";

  /** The content of cache mounts, writable, in a stage Pod that has some. */
  public static final String CACHE = ROOT + "/cache";

  /** The build's secrets that a stage uses (in prepare: those that fetching may need), by id. */
  public static final String SECRETS = ROOT + "/secrets";

  /** Folders of private keys for SSH agents, by id, in a stage Pod that uses them. */
  public static final String SSH = ROOT + "/ssh";

  /** An emptyDir of the node's disk, writable, for what the runtime keeps while a stage runs. */
  public static final String SCRATCH = ROOT + "/scratch";

  /**
   * The stage's base image once more, read-only and untouched, where the cluster has image volumes:
   * the lowest directory of the overlay that a stage in a user namespace works on, and in place
   * what tells changes from mere touches.
   */
  public static final String BASE = ROOT + "/base";

  private Mounts() {}

  /** Where a stage Pod finds the folder of a stage that it reads from. */
  public static String stage(String id) {
    return STAGES + "/" + id;
  }
}
