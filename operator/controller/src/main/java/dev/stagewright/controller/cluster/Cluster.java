package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/**
 * What the operator needs of a cluster. Reads ask the API server itself, not a cache: they settle
 * what a cache that lags behind leaves open.
 */
public interface Cluster {

  /** The Pod of this name. */
  Optional<Pod> pod(String namespace, String name);

  /** The claim of this name. */
  Optional<PersistentVolumeClaim> claim(String namespace, String name);

  /** The ConfigMap of this name. */
  Optional<ConfigMap> configMap(String namespace, String name);

  /**
   * The names of the Secrets that a ServiceAccount has for pulling images; none where there is no
   * such ServiceAccount, or it may not be read.
   */
  List<String> pullSecrets(String namespace, String serviceAccount);

  /**
   * The end of a Pod's log.
   *
   * @param lines how many; all where empty
   */
  PodLog log(String namespace, String pod, Optional<Integer> lines);

  /** The message of the latest warning event about an object. */
  Optional<Warning> latestWarning(String namespace, String object);

  /** Whether a node is there and answers. */
  boolean isReady(String node);

  /** The namespace's LimitRanges; none without the right to list them. */
  List<LimitRange> limitRanges(String namespace);

  /** Creates an object; one that is there already and has the same owner will do. */
  Creation create(HasMetadata object);

  /**
   * Writes these entries into a ConfigMap, which is made where it is not there. What others have
   * written into it stays.
   */
  Creation publish(ConfigMap entries);

  /** Deletes exactly this object, not a namesake that came after it; it may be gone already. */
  void delete(HasMetadata object);

  /** Has exactly this Pod end at once, and stay. */
  void end(Pod pod);

  /**
   * Deletes a claim that only Pods still name that have ended. By itself it would stay until they
   * are gone, and with them their logs.
   */
  void reclaim(PersistentVolumeClaim claim);

  /** Whether this ImageBuild is still there, and nobody has deleted it. Caches may not know yet. */
  boolean isThere(ImageBuild build);

  /** Deletes an ImageBuild, unless it is another by now than the one that is given. */
  void deleteUnchanged(ImageBuild build);

  /** Tells of something on the ImageBuild, as an Event. */
  void recordEvent(ImageBuild about, EventDraft event);

  /** What every node can do. */
  Features features();

  /**
   * What the nodes of a cluster can do.
   *
   * @param imageVolumes whether they mount images as volumes
   * @param userNamespaceObstacle why Pods cannot have user namespaces; empty where they can
   */
  record Features(boolean imageVolumes, Optional<String> userNamespaceObstacle) {}

  /** What became of a creation. */
  sealed interface Creation {
    /** The object is there. */
    record Done() implements Creation {}

    /**
     * An object of this name is there, but it belongs to someone else: most often to an ImageBuild
     * of the same name that was deleted a moment ago.
     */
    record Occupied() implements Creation {}

    /** What has a say in it does not answer, for example a webhook. */
    record Deferred(String message) implements Creation {}

    /** A quota is used up; there may be room later. */
    record QuotaExceeded(String message) implements Creation {}

    /** The API server will never take the object. */
    record Refused(String message) implements Creation {}
  }

  /** A warning event. */
  record Warning(String reason, String message) {}

  /**
   * An Event to be.
   *
   * @param warning whether it is bad news
   * @param reason in one word
   * @param message in a sentence
   */
  record EventDraft(boolean warning, String reason, String message) {}
}
