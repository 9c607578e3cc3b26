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
 * The operations on a cluster that the operator needs. Reads go to the API server and not to a
 * cache, because they decide cases in which a cache can be outdated.
 */
public interface Cluster {

  /** The Pod of this name. */
  Optional<Pod> pod(String namespace, String name);

  /** The claim of this name. */
  Optional<PersistentVolumeClaim> claim(String namespace, String name);

  /** The ConfigMap of this name. */
  Optional<ConfigMap> configMap(String namespace, String name);

  /**
   * The names of the pull secrets of a ServiceAccount; none if the ServiceAccount does not exist or
   * cannot be read.
   */
  List<String> pullSecrets(String namespace, String serviceAccount);

  /**
   * The log of a container so far.
   *
   * @param lines number of last lines; empty for the whole log
   */
  PodLog log(String namespace, String pod, String container, Optional<Integer> lines);

  /** The latest warning event about an object. */
  Optional<Warning> latestWarning(String namespace, String object);

  /** Whether a node exists and is ready. */
  boolean isReady(String node);

  /** The LimitRanges of a namespace; none without the permission to list them. */
  List<LimitRange> limitRanges(String namespace);

  /** Creates an object, unless it exists and has the same owner. */
  Creation create(HasMetadata object);

  /**
   * Writes entries into a ConfigMap, which is created if it does not exist. Entries of others are
   * kept. A ConfigMap that is not for the same ImageBuild is not changed.
   */
  Creation publish(ConfigMap entries);

  /** Deletes this object, and not a later object of the same name. It can be deleted already. */
  void delete(HasMetadata object);

  /**
   * Stops this Pod, but does not delete it.
   *
   * @return false if the operator may not do this
   */
  boolean end(Pod pod);

  /**
   * Deletes a claim to which only Pods refer that have ended. Kubernetes would keep the claim until
   * these Pods, and with them their logs, are deleted.
   */
  void reclaim(PersistentVolumeClaim claim);

  /** Whether this ImageBuild exists and is not being deleted. Caches can be outdated. */
  boolean exists(ImageBuild build);

  /** Deletes an ImageBuild, unless it has changed. */
  void deleteUnchanged(ImageBuild build);

  /** Records an Event about an ImageBuild. */
  void recordEvent(ImageBuild about, EventDraft event);

  /** The features that all nodes support. */
  Features features();

  /**
   * Features of the nodes of a cluster.
   *
   * @param imageVolumes whether nodes can mount image volumes
   * @param userNamespaceProblem why Pods cannot have user namespaces; empty if they can
   */
  record Features(boolean imageVolumes, Optional<String> userNamespaceProblem) {}

  /** The result of creating an object. */
  sealed interface Creation {
    /** The object exists. */
    record Done() implements Creation {}

    /**
     * An object of this name exists, but has another owner, usually a deleted ImageBuild of the
     * same name.
     */
    record Occupied() implements Creation {}

    /**
     * A ConfigMap of this name exists that the ImageBuild may not write.
     *
     * @param message names the ConfigMap, and says how to allow it
     */
    record NotAllowed(String message) implements Creation {}

    /** An admission webhook does not respond. */
    record Deferred(String message) implements Creation {}

    /** A quota is exceeded, possibly only for the moment. */
    record QuotaExceeded(String message) implements Creation {}

    /** The API server rejects the object permanently. */
    record Refused(String message) implements Creation {}
  }

  /** A warning event. */
  record Warning(String reason, String message) {}

  /**
   * An Event to record.
   *
   * @param warning whether the type is Warning and not Normal
   * @param reason machine-readable, in CamelCase
   * @param message human-readable
   */
  record EventDraft(boolean warning, String reason, String message) {}
}
