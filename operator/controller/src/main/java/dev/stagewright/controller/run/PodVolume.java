package dev.stagewright.controller.run;

import dev.stagewright.protocol.Mounts;
import java.util.Arrays;

/**
 * The volumes that the Pods of a run can have. A Pod's volume is always created from one of these
 * constants, and a template cannot use a name that belongs to one of them.
 */
public enum PodVolume {
  /** The ConfigMap with the build plan. */
  PLAN("plan"),
  /** The ConfigMap with the build request. */
  REQUEST("request"),
  /** The claim that all Pods of the run share. */
  WORKSPACE("workspace"),
  /** The claim with the directories of cache mounts. */
  CACHE("cache"),
  /** Temporary files of a stage. */
  SCRATCH("scratch"),
  /** The stage runtime. */
  RUNTIME("runtime"),
  /** The unchanged base image of a stage. */
  BASE("base"),
  /** The secrets of secret mounts, and those that fetching remote sources needs. */
  SECRETS("secrets"),
  /** The source, if it is a ConfigMap or a claim. */
  SOURCE("source"),
  /** The credentials for the Git repository of the source. */
  GIT_CREDENTIALS("git"),
  /** The credentials for the web server or the registry of the source. */
  SOURCE_CREDENTIALS("source-credentials"),
  /** The certificate authorities for the server of the source. */
  SOURCE_AUTHORITIES("source-authorities"),
  /** The client certificate for the web server of the source. */
  SOURCE_CERTIFICATE("source-certificate"),
  /** The client certificate for the Git server of the source. */
  GIT_CLIENT_CERTIFICATE("git-certificate"),
  /** The certificate authorities of the Git server of the source. */
  GIT_AUTHORITIES("git-authorities"),
  /** The keys of those who may sign the commits and tags of the source. */
  GIT_SIGNING_KEYS("git-signing-keys"),
  /** Temporary files of prepare. */
  TMP("tmp"),
  /** Temporary files of publish, and the files of the stages that it runs. */
  PUBLISH_TMP("tmp-publish"),
  /** The keys of one SSH mount. */
  SSH_KEYS("ssh-", true),
  /** A pull secret of the ImageBuild. */
  PULL_SECRET(Mounts.PULL_SECRET, true),
  /** A pull secret of the ServiceAccount. */
  ACCOUNT_SECRET(Mounts.ACCOUNT_SECRET, true),
  /** The credentials for one repository of the output. */
  PUSH_CREDENTIALS("credentials-", true),
  /** The credentials for the repository of the cache, if they are not those of the output. */
  CACHE_CREDENTIALS("cache-credentials"),
  /** The certificate authorities of one repository of the output. */
  PUSH_AUTHORITIES("authorities-", true),
  /** The client certificate for one registry of the operator's configuration. */
  CLIENT_CERTIFICATE("tls-", true),
  /** A volume of {@code spec.stages[].volumes}. */
  STAGE_VOLUME("volume-", true);

  private final String prefix;
  private final boolean numbered;

  PodVolume(String prefix) {
    this(prefix, false);
  }

  PodVolume(String prefix, boolean numbered) {
    this.prefix = prefix;
    this.numbered = numbered;
  }

  /**
   * The name of a volume that a Pod has once.
   *
   * @throws IllegalStateException if a Pod can have several of them
   */
  public String volumeName() {
    if (numbered) {
      throw new IllegalStateException(name() + " needs an index");
    }
    return prefix;
  }

  /**
   * The name of a volume that a Pod can have several times.
   *
   * @throws IllegalStateException if a Pod has it once only
   */
  public String volumeName(int index) {
    if (!numbered) {
      throw new IllegalStateException(name() + " has no index");
    }
    return prefix + index;
  }

  /** Whether a volume of this name is of this kind. */
  public boolean matches(String volume) {
    return numbered
        ? volume.startsWith(prefix) && volume.substring(prefix.length()).matches("[0-9]+")
        : volume.equals(prefix);
  }

  /** Whether the name belongs to one of these volumes. */
  public static boolean isReserved(String volume) {
    return Arrays.stream(values()).anyMatch(kind -> kind.matches(volume));
  }
}
