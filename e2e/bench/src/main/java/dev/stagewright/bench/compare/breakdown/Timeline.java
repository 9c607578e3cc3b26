package dev.stagewright.bench.compare.breakdown;

import dev.stagewright.bench.compare.breakdown.PodObserver.ObservedPod;
import dev.stagewright.bench.compare.cpu.PodCpuSampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects the moments of a build from what is visible outside of the operator: changes of the
 * ImageBuild and its Pods, the logs of the containers, and the tag in the registry.
 *
 * @param podLogs directories in which the nodes keep the logs of Pods
 * @param registryStorage directory of the registry
 */
public record Timeline(
    BuildObserver builds, PodObserver pods, List<Path> podLogs, Path registryStorage) {
  private static final String BUILD = "build";

  /**
   * The moments in the order of their times.
   *
   * @param name name of the ImageBuild
   * @param uid UID of the ImageBuild
   * @param start time before the request that created the ImageBuild
   */
  public List<Moment> of(String name, String uid, Instant start, Path tag) {
    var moments = new ArrayList<Moment>();
    builds
        .changes(name)
        .times()
        .forEach((event, time) -> moments.add(Moment.of(start, time, BUILD, event)));
    tagTime(tag).ifPresent(time -> moments.add(Moment.of(start, time, BUILD, "tag moved")));
    for (var pod : pods.of(uid)) {
      var subject = subject(pod, name);
      pod.observed()
          .times()
          .forEach((event, time) -> moments.add(Moment.of(start, time, subject, event)));
      for (var container : pod.containers()) {
        log(pod, container)
            .ifPresent(log ->
                log.events()
                    .forEach((event, time) ->
                        moments.add(Moment.of(start, time, subject, container + ": " + event))));
      }
    }
    moments.sort(Comparator.comparingLong(Moment::milliseconds));
    return moments;
  }

  /**
   * The processor seconds of the Pods and their containers.
   *
   * @param name name of the ImageBuild
   * @param uid UID of the ImageBuild
   */
  public Map<String, Double> cpuSeconds(String name, String uid, PodCpuSampler sampler) {
    var seconds = new TreeMap<String, Double>();
    for (var pod : pods.of(uid)) {
      var subject = subject(pod, name);
      seconds.put(subject, sampler.seconds("pod" + pod.pod().getMetadata().getUid()));
      pod.containerIds()
          .forEach((container, id) -> seconds.put(subject + ": " + container, sampler.seconds(id)));
    }
    return seconds;
  }

  /** The name of the Pod without that of its build. */
  private static String subject(ObservedPod pod, String build) {
    return pod.name().replaceFirst("^" + build + "-", "");
  }

  /** The file of a tag is written when the tag moves. */
  private Optional<Instant> tagTime(Path tag) {
    try {
      return Optional.of(Files.getLastModifiedTime(registryStorage.resolve(tag)).toInstant());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** The path of the file with the digest of a tag, relative to the directory of the registry. */
  public static Path tagFile(String repository, String tag) {
    return Path.of("docker/registry/v2/repositories", repository, "_manifests/tags", tag)
        .resolve("current/link");
  }

  private Optional<LogFile> log(ObservedPod pod, String container) {
    var metadata = pod.pod().getMetadata();
    var folder =
        "%s_%s_%s".formatted(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    return podLogs.stream()
        .map(root -> root.resolve(folder).resolve(container).resolve("0.log"))
        .filter(Files::exists)
        .findFirst()
        .map(Timeline::read);
  }

  private static LogFile read(Path file) {
    try {
      return LogFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
