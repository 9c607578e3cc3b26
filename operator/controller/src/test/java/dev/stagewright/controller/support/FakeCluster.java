package dev.stagewright.controller.support;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.PodLog;
import dev.stagewright.controller.observe.BuildObjects;
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

/** A cluster in memory, with knobs for what real ones do at times. */
public final class FakeCluster implements Cluster {
  private final Clock clock;
  private final Map<String, HasMetadata> objects = new LinkedHashMap<>();
  private final Map<String, PodLog> logs = new HashMap<>();
  private final Map<String, Creation> refusals = new HashMap<>();
  private Optional<Creation> procMount = Optional.empty();
  private final Map<String, Warning> warnings = new HashMap<>();
  private final List<String> ended = new ArrayList<>();
  private final Set<String> notCached = new HashSet<>();
  private final List<EventDraft> events = new ArrayList<>();
  private final List<String> created = new ArrayList<>();
  private final Set<String> lostNodes = new HashSet<>();
  private int changesToDeath;
  private boolean deathIsAfterChange;
  private boolean isExpired;
  private Features features = new Features(true, Optional.empty());

  /** An empty cluster. */
  public FakeCluster(Clock clock) {
    this.clock = clock;
  }

  /** What the operator's caches hold. */
  public BuildObjects cached() {
    return new BuildObjects(
        all(Pod.class),
        all(PersistentVolumeClaim.class),
        all(ConfigMap.class),
        all(NetworkPolicy.class));
  }

  /** The operator dies at a change that it makes, counted from 1, before or after it is made. */
  public void killOperatorAt(int change, boolean after) {
    changesToDeath = change;
    deathIsAfterChange = after;
  }

  /** What the operator's death looks like from inside. */
  public static final class OperatorDied extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A change that the operator makes, be it to its objects or to the status. */
  void change(Runnable effect) {
    changesToDeath--;
    if (changesToDeath == 0 && !deathIsAfterChange) {
      throw new OperatorDied();
    }
    effect.run();
    if (changesToDeath == 0) {
      throw new OperatorDied();
    }
  }

  /** From here on, what asking for this Pod's log comes to. */
  public void log(String pod, PodLog answer) {
    logs.put(pod, answer);
  }

  /** From here on, this Pod's log. */
  public void log(String pod, String log) {
    log(pod, new PodLog.Text(log));
  }

  /** From here on, creating an object of this name is answered so. */
  public void refuse(String name, Creation answer) {
    refusals.put(name, answer);
  }

  /** From here on, Pods with {@code procMount} are answered so. */
  public void refuseProcMount(Creation answer) {
    procMount = Optional.of(answer);
  }

  /** Creating an object of this name works again. */
  public void accept(String name) {
    refusals.remove(name);
  }

  /** From here on, Pods cannot have user namespaces for this reason. */
  public void withoutUserNamespaces(String why) {
    features = new Features(true, Optional.of(why));
  }

  /** From here on, there is a warning event about this Pod. */
  public void warn(String pod, Warning warning) {
    warnings.put(pod, warning);
  }

  /** The object is there, but the operator's cache has not heard of it. */
  public void hideFromCache(String name) {
    notCached.add(name);
  }

  /** Puts an object in, as somebody else might. */
  public void put(HasMetadata object) {
    objects.put(object.getMetadata().getName(), object);
  }

  /** Takes an object away, as somebody else might. */
  public void remove(String name) {
    objects.remove(name);
  }

  /** The Pod of this name. */
  public Pod requirePod(String name) {
    return (Pod)
        Optional.ofNullable(objects.get(name))
            .orElseThrow(() -> new AssertionError("no Pod " + name + " in " + objects.keySet()));
  }

  /** Names of the objects that are there. */
  public Set<String> names() {
    return Set.copyOf(objects.keySet());
  }

  /** Names of what was created, in order, each as often as it really was. */
  public List<String> created() {
    return List.copyOf(created);
  }

  /** Events so far, each as its reason. */
  public List<String> noticeReasons() {
    return events.stream().map(EventDraft::reason).toList();
  }

  /** Events so far, each as {@code reason: message}, warnings with an exclamation mark in front. */
  public List<String> events() {
    return events.stream()
        .map(it -> (it.warning() ? "!" : "") + it.reason() + ": " + it.message())
        .toList();
  }

  /** Secrets of ServiceAccounts, by {@code namespace/name}. */
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
  public PodLog log(String namespace, String pod, Optional<Integer> lines) {
    return logs.getOrDefault(pod, new PodLog.Unavailable("not found"));
  }

  @Override
  public Optional<Warning> latestWarning(String namespace, String pod) {
    return Optional.ofNullable(warnings.get(pod));
  }

  @Override
  public boolean isReady(String node) {
    return !lostNodes.contains(node);
  }

  /** From here on, a node does not answer. */
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
    var refusal = refusals.get(metadata.getName());
    if (refusal != null) {
      return refusal;
    }
    if (procMount.isPresent() && object instanceof Pod pod && hasProcMount(pod)) {
      return procMount.get();
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
    var refusal = refusals.get(name);
    if (refusal != null) {
      return refusal;
    }
    put(entries);
    return new Creation.Done();
  }

  @Override
  public void delete(HasMetadata object) {
    change(() -> objects.remove(object.getMetadata().getName()));
  }

  @Override
  public void end(Pod pod) {
    change(() -> {
      requirePod(pod.getMetadata().getName()).getSpec().setActiveDeadlineSeconds(1L);
      ended.add(pod.getMetadata().getName());
    });
  }

  /** Names of Pods that the operator has had end. */
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

  /** The garbage collector follows at once. */
  @Override
  public void deleteUnchanged(ImageBuild build) {
    objects.clear();
    isExpired = true;
  }

  /** Whether the ImageBuild was deleted, and all that it owned with it. */
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
