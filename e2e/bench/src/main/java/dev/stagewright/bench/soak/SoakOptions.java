package dev.stagewright.bench.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The options of a soak test.
 *
 * @param builds number of builds
 * @param concurrency maximum number of builds at the same time
 * @param seed seed of all random choices; timing is not reproducible
 * @param faultInterval mean time between faults
 * @param registry host and port of the registry for the images
 * @param operator label of the ImageBuilds; empty for none
 * @param operatorNamespace namespace of the operator's Pods
 * @param cluster path of {@code e2e/cluster}
 * @param log path of the log file
 */
record SoakOptions(
    int builds,
    int concurrency,
    long seed,
    Duration faultInterval,
    String registry,
    String operator,
    String operatorNamespace,
    String cluster,
    Path log) {
  private static final int BUILDS_PER_VERSION = 20;
  private static final int MIN_VERSIONS = 3;

  /** Reads the options from the environment variables that the script sets. */
  static SoakOptions of(Map<String, String> environment) {
    return new SoakOptions(
        Integer.parseInt(environment.getOrDefault("BUILDS", "200")),
        Integer.parseInt(environment.getOrDefault("CONCURRENCY", "6")),
        Long.parseLong(environment.getOrDefault("SEED", "1")),
        Duration.ofMillis(Long.parseLong(environment.getOrDefault("FAULT_INTERVAL", "2500"))),
        environment.getOrDefault("REGISTRY", ""),
        environment.getOrDefault("OPERATOR", ""),
        environment.getOrDefault("OPERATOR_NAMESPACE", "stagewright-system"),
        environment.getOrDefault("CLUSTER", "e2e/cluster"),
        Path.of(environment.getOrDefault("SOAK_LOG", "target/soak.log")));
  }

  /**
   * The number of versions of each project, with which about half of the builds have the same files
   * as an earlier one.
   */
  int versions() {
    return Math.max(MIN_VERSIONS, builds / BUILDS_PER_VERSION);
  }
}
