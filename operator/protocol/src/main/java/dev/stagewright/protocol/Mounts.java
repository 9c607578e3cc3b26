package dev.stagewright.protocol;

/** Where the Pods of a build find things in their containers. */
public final class Mounts {
  /** The folder of our own image that holds the runtime's files. */
  public static final String IMAGE_FOLDER = "/.stagewright";

  /**
   * The runtime's files in our own image: in the containers of all phases but stages. The image
   * holds them in {@link #IMAGE_FOLDER}; the link {@code .stagewright -> .} in there makes the
   * second half of this path right as well where the folder itself is mounted somewhere.
   */
  public static final String RUNTIME = IMAGE_FOLDER + "/.stagewright";

  /**
   * All mounts of ours lie below this folder. It is among the devices, since that is a mount of the
   * container runtime's that no image has files in, and that commands leave out which go over all
   * files of an image: there is nothing of ours in the root of a stage.
   */
  public static final String ROOT = "/dev/stagewright";

  /** Where the runtime is brought into a stage's container: our image, or a copy of its folder. */
  public static final String RUNTIME_VOLUME = ROOT + "/runtime";

  /** The runtime's files in a stage's container, whichever way they came. */
  public static final String STAGE_RUNTIME = RUNTIME_VOLUME + "/.stagewright";

  /** An emptyDir of the node's disk, writable, for what the runtime keeps while a stage runs. */
  public static final String SCRATCH = ROOT + "/scratch";

  /** A folder of {@link #SCRATCH} that a stage's container sees as {@link #INNER} as well. */
  public static final String INNER_FOLDER = "inner";

  /**
   * A part of the scratch volume that is there to have mounts in it: once {@link #PRIVATE_NAME} is
   * renamed in the scratch volume, out of this part, no path leads to these mounts any more.
   */
  public static final String INNER = ROOT + "/inner";

  /** Folder of {@link #INNER} that holds the other mounts. */
  public static final String PRIVATE_NAME = "private";

  /** What no command is to see. */
  public static final String PRIVATE = INNER + "/" + PRIVATE_NAME;

  /** Folder of the ConfigMap with {@link #REQUEST_FILE}. */
  public static final String REQUEST = PRIVATE + "/request";

  /** Key of the request's ConfigMap. */
  public static final String REQUEST_FILE = "request.json";

  /** Folder of the ConfigMap with {@link #PLAN_FILE}. */
  public static final String PLAN = PRIVATE + "/plan";

  /** Key of the plan's ConfigMap. */
  public static final String PLAN_FILE = "plan.json";

  /** The whole workspace, in prepare (writable) and push (read-only). */
  public static final String WORKSPACE = PRIVATE + "/workspace";

  /** A source that is a volume, in prepare. */
  public static final String SOURCE = PRIVATE + "/source";

  /**
   * A folder of the Secret's name, with {@code username} and {@code password}, or a {@code token},
   * in prepare.
   */
  public static final String GIT_CREDENTIALS = PRIVATE + "/git";

  /**
   * Folders with a folder each, which has the name of a Secret: {@link #PULL_SECRET} and {@link
   * #ACCOUNT_SECRET} with a number, in prepare and push; in check and push those that {@link
   * BuildRequest.Destination#credentials} names.
   */
  public static final String REGISTRY_CREDENTIALS = PRIVATE + "/registry";

  /** Of a Secret that the spec has for base images. */
  public static final String PULL_SECRET = "pull-";

  /** Of a Secret that the ServiceAccount of the Pods has for images; it may be empty. */
  public static final String ACCOUNT_SECRET = "account-";

  /**
   * Folders with {@code ca.crt}, {@code tls.crt} and {@code tls.key} of registries, in prepare and
   * push; {@link BuildRequest.RegistryHost#tls} names them.
   */
  public static final String REGISTRY_TLS = PRIVATE + "/registry-tls";

  /** The stage's own folder, writable, in a stage Pod. */
  public static final String OWN = PRIVATE + "/own";

  /** The context's folder, read-only, in a stage Pod. */
  public static final String CONTEXT = PRIVATE + "/context";

  /** Folder of the read-only folders of the stages that a stage reads from. */
  public static final String STAGES = PRIVATE + "/stages";

  /** What prepare fetched for ADD, read-only, in a stage Pod: folders as in {@link Workspace}. */
  public static final String REMOTES = PRIVATE + "/remotes";

  /** The content of cache mounts, writable, in a stage Pod that has some. */
  public static final String CACHE = PRIVATE + "/cache";

  /** The build's secrets that a stage uses (in prepare: those that fetching may need), by id. */
  public static final String SECRETS = PRIVATE + "/secrets";

  /** Folders of private keys for SSH agents, by id, in a stage Pod that uses them. */
  public static final String SSH = PRIVATE + "/ssh";

  /**
   * The stage's base image once more, read-only and untouched, where the cluster has image volumes:
   * the lowest directory of the overlay that a stage in a user namespace works on, and in place
   * what tells changes from mere touches.
   */
  public static final String BASE = PRIVATE + "/base";

  private Mounts() {}

  /** Where a stage Pod finds the folder of a stage that it reads from. */
  public static String stage(String id) {
    return STAGES + "/" + id;
  }
}
