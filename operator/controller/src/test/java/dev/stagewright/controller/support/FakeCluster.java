package dev.stagewright.controller.support;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.PodLog;
import dev.stagewright.controller.observe.BuildObjects;
import dev.stagewright.controller.run.ConfigMapWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster in memory that can simulate failures. */
public final class FakeCluster implements Cluster {
  private final Clock clock;
  private final Map<String, HasMetadata> objects = new LinkedHashMap<>();
  private final Map<String, PodLog> logs = new HashMap<>();
  private final Map<String, Creation> rejections = new HashMap<>();
  private Optional<Creation> procMount = Optional.empty();
  private final Map<String, Warning> warnings = new HashMap<>();
  private final List<String> ended = new ArrayList<>();
  private final Set<String> notCached = new HashSet<>();
  private final List<EventDraft> events = new ArrayList<>();
  private final List<String> created = new ArrayList<>();
  private final Set<String> lostNodes = new HashSet<>();
  private int changesToCrash;
  private boolean crashAfterChange;
  private boolean isExpired;
  private int podLimit = Integer.MAX_VALUE;
  private Features features = new Features(true, Optional.empty());

  /** An empty cluster. */
  public FakeCluster(Clock clock) {
    this.clock = clock;
  }

  /** The objects in the operator's cache. */
  public BuildObjects cached() {
    return new BuildObjects(
        all(Pod.class),
        all(PersistentVolumeClaim.class),
        all(ConfigMap.class),
        all(NetworkPolicy.class));
  }

  /** Crashes the operator before or after this change to the cluster, counted from 1. */
  public void crashOperatorAt(int change, boolean after) {
    changesToCrash = change;
    crashAfterChange = after;
  }

  /** Simulates a crash of the operator. */
  public static final class OperatorCrashed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Applies a change of the operator to objects or to the status. */
  void change(Runnable effect) {
    changesToCrash--;
    if (changesToCrash == 0 && !crashAfterChange) {
      throw new OperatorCrashed();
    }
    effect.run();
    if (changesToCrash == 0) {
      throw new OperatorCrashed();
    }
  }

  /**
   * Sets the response to requests for the logs of a Pod, or for one of them: {@code pod/container}.
   */
  public void log(String pod, PodLog response) {
    logs.put(pod, response);
  }

  /** Sets the log of a Pod. */
  public void log(String pod, String log) {
    log(pod, new PodLog.Text(log));
  }

  /** Sets the response to requests to create the object with this name. */
  public void refuse(String name, Creation response) {
    rejections.put(name, response);
  }

  /** Refuses Pods while this number of Pods has not ended. */
  public void limitPods(int count) {
    podLimit = count;
  }

  private boolean isFull() {
    return all(Pod.class).stream()
            .filter(pod ->
                pod.getStatus() == null
                    || !Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
            .count()
        >= podLimit;
  }

  /** Sets the response to requests to create a Pod with {@code procMount}. */
  public void refuseProcMount(Creation response) {
    procMount = Optional.of(response);
  }

  /** Creates the object with this name again on request. */
  public void accept(String name) {
    rejections.remove(name);
  }

  /** Disables user namespaces, for this reason. */
  public void withoutUserNamespaces(String why) {
    features = new Features(true, Optional.of(why));
  }

  /** Adds a warning Event about a Pod. */
  public void warn(String pod, Warning warning) {
    warnings.put(pod, warning);
  }

  /** Hides an object from the operator's cache. */
  public void hideFromCache(String name) {
    notCached.add(name);
  }

  /** Adds an object as another client. */
  public void put(HasMetadata object) {
    objects.put(object.getMetadata().getName(), object);
  }

  /** Removes an object as another client. */
  public void remove(String name) {
    objects.remove(name);
  }

  /** The Pod with this name, which must exist. */
  public Pod requirePod(String name) {
    return (Pod)
        Optional.ofNullable(objects.get(name))
            .orElseThrow(() -> new AssertionError("no Pod " + name + " in " + objects.keySet()));
  }

  /** The names of all objects. */
  public Set<String> names() {
    return Set.copyOf(objects.keySet());
  }

  /** The names of all objects that were created, in order. */
  public List<String> created() {
    return List.copyOf(created);
  }

  /** The reasons of all Events. */
  public List<String> eventReasons() {
    return events.stream().map(EventDraft::reason).toList();
  }

  /** All Events as {@code reason: message}; warnings have the prefix {@code !}. */
  public List<String> events() {
    return events.stream()
        .map(it -> (it.warning() ? "!" : "") + it.reason() + ": " + it.message())
        .toList();
  }

  /** The image pull secrets of ServiceAccounts, by {@code namespace/name}. */
  public final Map<String, List<String>> pullSecrets = new HashMap<>();

  @Override
  public List<String> pullSecrets(String namespace, String serviceAccount) {
    return pullSecrets.getOrDefault(namespace + "/" + serviceAccount, List.of());
  }

  @Override
  public Optional<Pod> pod(String namespace, String name) {
    return Optional.ofNullable((Pod) objects.get(name));
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
    return Optional.ofNullable((PersistentVolumeClaim) objects.get(name));
  }

  @Override
  public Optional<ConfigMap> configMap(String namespace, String name) {
    return Optional.ofNullable((ConfigMap) objects.get(name));
  }

  @Override
  public PodLog log(String namespace, String pod, String container, Optional<Integer> lines) {
    return logs.getOrDefault(
        pod + "/" + container, logs.getOrDefault(pod, new PodLog.Unavailable("not found")));
  }

  @Override
  public Optional<Warning> latestWarning(String namespace, String pod) {
    return Optional.ofNullable(warnings.get(pod));
  }

  @Override
  public boolean isReady(String node) {
    return !lostNodes.contains(node);
  }

  /** Makes a node unavailable. */
  public void loseNode(String node) {
    lostNodes.add(node);
  }

  private static boolean hasProcMount(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .map(Container::getSecurityContext)
        .anyMatch(context -> context != null && context.getProcMount() != null);
  }

  @Override
  public Creation create(HasMetadata object) {
    var metadata = object.getMetadata();
    var rejection = rejections.get(metadata.getName());
    if (rejection != null) {
      return rejection;
    }
    if (procMount.isPresent() && object instanceof Pod pod && hasProcMount(pod)) {
      return procMount.get();
    }
    if (object instanceof Pod && !objects.containsKey(metadata.getName()) && isFull()) {
      return new Creation.QuotaExceeded(
          "exceeded quota: pods, requested: pods=1, used: pods=%1$d, limited: pods=%1$d"
              .formatted(podLimit));
    }
    if (!objects.containsKey(metadata.getName())) {
      change(() -> {
        metadata.setUid("uid-of-" + metadata.getName());
        metadata.setCreationTimestamp(clock.instant().toString());
        objects.put(metadata.getName(), object);
        created.add(metadata.getName());
      });
    }
    return new Creation.Done();
  }

  @Override
  public Creation publish(ConfigMap entries) {
    var name = entries.getMetadata().getName();
    var rejection = rejections.get(name);
    if (rejection != null) {
      return rejection;
    }
    var problem =
        configMap(entries.getMetadata().getNamespace(), name)
            .flatMap(ConfigMapWriter.of(entries).orElseThrow()::problem);
    if (problem.isPresent()) {
      return new Creation.NotAllowed(problem.get());
    }
    put(entries);
    return new Creation.Done();
  }

  @Override
  public void delete(HasMetadata object) {
    change(() -> objects.remove(object.getMetadata().getName()));
  }

  @Override
  public boolean end(Pod pod) {
    change(() -> {
      FakeKubelet.shutDown(requirePod(pod.getMetadata().getName()), clock);
      ended.add(pod.getMetadata().getName());
    });
    return true;
  }

  /** The names of Pods that the operator has shut down. */
  public List<String> ended() {
    return List.copyOf(ended);
  }

  @Override
  public List<LimitRange> limitRanges(String namespace) {
    return all(LimitRange.class);
  }

  @Override
  public void reclaim(PersistentVolumeClaim claim) {
    delete(claim);
  }

  @Override
  public boolean exists(ImageBuild build) {
    return !isExpired;
  }

  /** Also deletes all dependents, like the garbage collector. */
  @Override
  public void deleteUnchanged(ImageBuild build) {
    objects.clear();
    isExpired = true;
  }

  /** Whether the ImageBuild was deleted. */
  public boolean isExpired() {
    return isExpired;
  }

  @Override
  public void recordEvent(ImageBuild about, EventDraft event) {
    events.add(event);
  }

  @Override
  public Features features() {
    return features;
  }

  private <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.values().stream()
        .filter(type::isInstance)
        .filter(object -> !notCached.contains(object.getMetadata().getName()))
        .map(type::cast)
        .toList();
  }
}
