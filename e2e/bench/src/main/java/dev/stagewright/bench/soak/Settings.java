package dev.stagewright.bench.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a soak is to be like.
 *
 * @param builds how many
 * @param atATime how many of them at most
 * @param seed of all that is left to chance, but for the time that everything takes
 * @param pace mean time between faults
 * @param registry host and port of where images go
 * @param operator label of the ImageBuilds; empty for none
 * @param operatorNamespace where the operator's Pods are
 * @param cluster path of {@code e2e/cluster}
 * @param diary file that all that happens is written to
 */
record Settings(
    int builds,
    int atATime,
    long seed,
    Duration pace,
    String registry,
    String operator,
    String operatorNamespace,
    String cluster,
    Path diary) {

  /** Reads them off the environment, where the script puts them. */
  static Settings of(Map<String, String> environment) {
    return new Settings(
        Integer.parseInt(environment.getOrDefault("BUILDS", "200")),
        Integer.parseInt(environment.getOrDefault("AT_A_TIME", "6")),
        Long.parseLong(environment.getOrDefault("SEED", "1")),
        Duration.ofMillis(Long.parseLong(environment.getOrDefault("PACE", "2500"))),
        environment.getOrDefault("REGISTRY", ""),
        environment.getOrDefault("OPERATOR", ""),
        environment.getOrDefault("OPERATOR_NAMESPACE", "stagewright-system"),
        environment.getOrDefault("CLUSTER", "e2e/cluster"),
        Path.of(environment.getOrDefault("DIARY", "target/soak-diary.log")));
  }
}
