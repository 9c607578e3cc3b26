package dev.stagewright.kubectl;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Options of {@code docker build} and {@code docker buildx build} that {@code stagewright build}
 * does not have. Each is answered by its name, with what to use instead.
 */
enum DockerFlags {
  PUSH(true, false, "the image is always pushed", "--push"),
  RM(true, false, "Pods are kept for their logs until the next run", "--rm", "--force-rm"),
  PULL(true, false, "base images are always looked up in their registry", "--pull"),
  LOAD(false, false, "the image is pushed to its registry; docker pull IMAGE loads it", "--load"),
  OUTPUT(
      false,
      true,
      "the image is always pushed to the registry of -t; pull it, or copy files out of it with docker create and docker cp",
      "--output"),
  CACHE_FROM(
      true,
      true,
      "the results of instructions are cached in the registry of the image; spec.cache.repository of an ImageBuild names another one",
      "--cache-from",
      "--cache-to"),
  NO_CACHE_FILTER(
      false, true, "use --no-cache, which runs all instructions again", "--no-cache-filter"),
  NETWORK(
      false,
      true,
      "the stages have the network of their Pods; spec.stages[].networkPolicy of an ImageBuild cuts it off",
      "--network"),
  RESOURCES(
      false,
      true,
      "use --stage NAME:memory=…,cpu=… for each stage that needs it",
      "--memory",
      "-m",
      "--memory-swap",
      "--cpu-shares",
      "--cpu-quota",
      "--cpu-period",
      "--cpuset-cpus",
      "--cpuset-mems"),
  SHM(false, true, "set spec.stages[].podTemplate of an ImageBuild", "--shm-size", "--ulimit"),
  ADD_HOST(false, true, "set hostAliases in spec.podTemplate of an ImageBuild", "--add-host"),
  SQUASH(false, false, "layers are not merged; use a multi-stage Dockerfile", "--squash"),
  BUILDER(
      false,
      true,
      "the operator of the cluster builds; --context and -n select the cluster and the namespace",
      "--builder"),
  ALLOW(
      false,
      true,
      "the configuration of the operator allows privileged instructions, not the client",
      "--allow"),
  ATTEST(
      false,
      true,
      "attestations are not made yet; the report about the image is attached to it",
      "--provenance",
      "--sbom",
      "--attest"),
  CONTEXTS(
      false,
      true,
      "named contexts are not supported; use COPY --from=IMAGE, or a stage of the Dockerfile",
      "--build-context"),
  CALL(
      false,
      true,
      "use stagewright lint, stagewright plan, or stagewright parse",
      "--call",
      "--print",
      "--check"),
  ISOLATION(
      false,
      true,
      "use --sandbox",
      "--isolation",
      "--security-opt",
      "--cgroup-parent",
      "--cgroupns"),
  COMPRESS(true, false, "the context is compressed if that makes it smaller", "--compress"),
  TRUST(true, false, "base images are pinned to a digest", "--disable-content-trust");

  private final boolean isIgnored;
  private final boolean takesValue;
  private final String answer;
  private final String names;

  DockerFlags(boolean isIgnored, boolean takesValue, String answer, String... names) {
    this.isIgnored = isIgnored;
    this.takesValue = takesValue;
    this.answer = answer;
    this.names = String.join(" ", names);
  }

  /** Adds the options, which the help does not show. */
  static void addTo(CommandSpec command) {
    for (var flags : values()) {
      for (var name : flags.names()) {
        command.addOption(
            OptionSpec.builder(name)
                .hidden(true)
                .arity(flags.takesValue ? "1" : "0..1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .fallbackValue("true")
                .build());
      }
    }
  }

  /**
   * Answers the options of a command line.
   *
   * @return notices about options that are ignored
   * @throws ParameterException for an option that cannot be ignored
   */
  static List<String> notices(ParseResult parsed) {
    return Arrays.stream(values())
        .flatMap(flags ->
            flags.names().stream()
                .filter(parsed::hasMatchedOption)
                .map(name -> flags.notice(name, parsed)))
        .toList();
  }

  private List<String> names() {
    return List.of(names.split(" ", -1));
  }

  private String notice(String name, ParseResult parsed) {
    if (!isIgnored) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "stagewright build does not have the option %s: %s".formatted(name, answer));
    }
    return "%s is ignored: %s".formatted(name, answer);
  }
}
