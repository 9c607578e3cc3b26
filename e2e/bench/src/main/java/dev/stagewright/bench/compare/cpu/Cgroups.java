package dev.stagewright.bench.compare.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The cgroups of the local cluster: one for each process and its children, one for the Pods of each
 * node, and those of the other builders.
 *
 * @param root cgroup of the cluster
 */
public record Cgroups(Path root) {
  /** All Pods, including the operator. */
  public static final String PODS = "pods";

  private static final String DAEMONS = "daemons";
  private static final String NODE = "node-";
  private static final String POD = "pod";

  /**
   * The processor time of each component. Components of several nodes with the same name are added.
   */
  public Map<String, Duration> usage() {
    var usage = new TreeMap<String, Duration>();
    for (var group : children(root)) {
      var name = name(group);
      if (name.startsWith(NODE)) {
        add(usage, PODS, group);
      } else if (name.startsWith(DAEMONS)) {
        children(group).forEach(process -> add(usage, withoutNode(name(process)), process));
      } else {
        add(usage, name, group);
      }
    }
    return usage;
  }

  /** Whether the processes of the cluster run in separate cgroups. */
  public boolean separatesProcesses() {
    return usage().containsKey("kubelet");
  }

  /** The cgroup of a Pod; empty if the Pod does not run. */
  public Optional<Path> pod(String uid) {
    return pods().stream().filter(pod -> name(pod).equals(POD + uid)).findFirst();
  }

  /** The cgroups of all Pods, in the places where the kubelet creates them. */
  List<Path> pods() {
    return children(root).stream()
        .filter(group -> name(group).startsWith(NODE))
        .map(node -> node.resolve("kubepods"))
        .flatMap(pods -> Stream.of(pods, pods.resolve("burstable"), pods.resolve("besteffort")))
        .flatMap(parent -> children(parent).stream())
        .filter(group -> name(group).startsWith(POD))
        .toList();
  }

  /** The processor time of one cgroup; zero if it does not exist. */
  public static Duration usage(Path cgroup) {
    try {
      return CpuStat.read(cgroup);
    } catch (NoSuchFileException _) {
      return Duration.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Map<String, Duration> usage, String component, Path cgroup) {
    usage.merge(component, usage(cgroup), Duration::plus);
  }

  /** The cgroups directly below a cgroup; none if it does not exist. */
  static List<Path> children(Path cgroup) {
    try (var paths = Files.list(cgroup)) {
      return paths.filter(Files::isDirectory).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutNode(String process) {
    return process.replaceFirst("-[0-9]+$", "");
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
