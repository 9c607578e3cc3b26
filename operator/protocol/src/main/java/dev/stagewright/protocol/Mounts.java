package dev.stagewright.protocol;

/** Paths of the mounts in the containers of a build. */
public final class Mounts {
  /** The directory of the Stagewright image that contains the files of the runtime. */
  public static final String IMAGE_FOLDER = "/.stagewright";

  /**
   * The files of the runtime in containers of the Stagewright image, that is, in all phases but
   * stages. The image has them in {@link #IMAGE_FOLDER}; the symbolic link {@code .stagewright ->
   * .} in that directory makes the second part of this path valid also if the directory itself is
   * mounted elsewhere.
   */
  public static final String RUNTIME = IMAGE_FOLDER + "/.stagewright";

  /**
   * The parent directory of all mounts of Stagewright. It is below {@code /dev}, which the
   * container runtime mounts: no image has files there, commands that process all files of an image
   * skip it, and the root of a stage contains no files of Stagewright.
   */
  public static final String ROOT = "/dev/stagewright";

  /**
   * The mount of the runtime in the container of a stage: the Stagewright image, or a copy of its
   * directory.
   */
  public static final String RUNTIME_VOLUME = ROOT + "/runtime";

  /** The files of the runtime in the container of a stage, for either kind of mount. */
  public static final String STAGE_RUNTIME = RUNTIME_VOLUME + "/.stagewright";

  /** A writable emptyDir on the disk of the node for temporary files of the stage runtime. */
  public static final String SCRATCH = ROOT + "/scratch";

  /**
   * A directory of {@link #SCRATCH} that is also mounted as {@link #INNER} in the container of a
   * stage.
   */
  public static final String INNER_FOLDER = "inner";

  /**
   * A directory of the scratch volume that contains the other mounts. After {@link #PRIVATE_NAME}
   * has been moved out of this directory, in the scratch volume, no path leads to these mounts.
   */
  public static final String INNER = ROOT + "/inner";

  /** Directory of {@link #INNER} that contains the other mounts. */
  public static final String PRIVATE_NAME = "private";

  /** The mounts that commands must not see. */
  public static final String PRIVATE = INNER + "/" + PRIVATE_NAME;

  /** Mount of the ConfigMap with {@link #REQUEST_FILE}. */
  public static final String REQUEST = PRIVATE + "/request";

  /** Key of the request in its ConfigMap. */
  public static final String REQUEST_FILE = "request.json";

  /** Mount of the ConfigMap with {@link #PLAN_FILE}. */
  public static final String PLAN = PRIVATE + "/plan";

  /** Key of the plan in its ConfigMap. */
  public static final String PLAN_FILE = "plan.json";

  /** The whole workspace, writable in the prepare and publish containers. */
  public static final String WORKSPACE = PRIVATE + "/workspace";

  /** A source that is a volume, in the prepare container. */
  public static final String SOURCE = PRIVATE + "/source";

  /**
   * Secrets and ConfigMaps of a Git source, in the prepare container: the directories {@link
   * #GIT_CREDENTIALS}, {@link #GIT_CLIENT_CERTIFICATE}, {@link #GIT_AUTHORITIES} and {@link
   * #GIT_SIGNING_KEYS}.
   */
  public static final String GIT = PRIVATE + "/git";

  /** Directory of {@link #GIT} that contains a directory with the name of a Secret. */
  public static final String GIT_CREDENTIALS = "credentials";

  /**
   * Directory of {@link #GIT} that contains a directory with the name of a Secret, with {@code
   * tls.crt} and {@code tls.key}.
   */
  public static final String GIT_CLIENT_CERTIFICATE = "client-certificate";

  /** Directory of {@link #GIT} with {@code ca.crt}. */
  public static final String GIT_AUTHORITIES = "authorities";

  /**
   * Directory of {@link #GIT} that contains a directory with the name of a Secret, with the keys of
   * those who may sign commits and tags.
   */
  public static final String GIT_SIGNING_KEYS = "signing-keys";

  /**
   * Directory with the credentials and certificates for a source that is an archive or artifact, in
   * the prepare container: {@link #ACCESS_CREDENTIALS} and {@link #ACCESS_CERTIFICATE} contain a
   * directory with the name of a Secret, {@link #ACCESS_AUTHORITIES} contains {@code ca.crt}.
   */
  public static final String SOURCE_ACCESS = PRIVATE + "/source-access";

  /** Directory of {@link #SOURCE_ACCESS}: user name and password, or a token. */
  public static final String ACCESS_CREDENTIALS = "credentials";

  /** Directory of {@link #SOURCE_ACCESS}: certificate authorities. */
  public static final String ACCESS_AUTHORITIES = "authorities";

  /** Directory of {@link #SOURCE_ACCESS}: a client certificate with its key. */
  public static final String ACCESS_CERTIFICATE = "certificate";

  /**
   * Directory of registry credentials. Each entry is a directory that contains a directory with the
   * name of a Secret: {@link #PULL_SECRET} and {@link #ACCOUNT_SECRET} with a number in the prepare
   * and publish containers; those in {@link BuildRequest.Destination#credentials} in the publish
   * container.
   */
  public static final String REGISTRY_CREDENTIALS = PRIVATE + "/registry";

  /** Prefix of a Secret in the spec for base images. */
  public static final String PULL_SECRET = "pull-";

  /** Prefix of an image pull Secret of the ServiceAccount of the Pods; the mount may be empty. */
  public static final String ACCOUNT_SECRET = "account-";

  /**
   * Directories with {@code ca.crt}, {@code tls.crt} and {@code tls.key} of registries, in the
   * prepare and publish containers, as named by {@link BuildRequest.RegistryHost#tls}.
   */
  public static final String REGISTRY_TLS = PRIVATE + "/registry-tls";

  /** The directory of the stage, writable, in a stage Pod. */
  public static final String OWN = PRIVATE + "/own";

  /** The directory of the build context, read-only, in a stage Pod. */
  public static final String CONTEXT = PRIVATE + "/context";

  /** Parent of the read-only directories of the stages that a stage reads from. */
  public static final String STAGES = PRIVATE + "/stages";

  /**
   * Files that the prepare phase fetched for ADD, read-only, in a stage Pod, in directories as in
   * {@link Workspace}.
   */
  public static final String REMOTES = PRIVATE + "/remotes";

  /** The content of cache mounts, writable, in a stage Pod that uses them. */
  public static final String CACHE = PRIVATE + "/cache";

  /**
   * The secrets that a stage uses, by id; in the prepare container those that are needed to fetch
   * files.
   */
  public static final String SECRETS = PRIVATE + "/secrets";

  /** Directories of private keys for SSH agents, by id, in a stage Pod that uses them. */
  public static final String SSH = PRIVATE + "/ssh";

  /**
   * The base image as a read-only image volume, if the cluster supports image volumes. In the
   * sandbox {@code userNamespace} it is the lower directory of the overlay; in the sandbox {@code
   * inPlace} it shows whether a touched file really changed.
   */
  public static final String BASE = PRIVATE + "/base";

  private Mounts() {}

  /** The directory of another stage in a stage Pod that reads from it. */
  public static String stage(String id) {
    return STAGES + "/" + id;
  }
}
