package dev.stagewright.kubectl;

import dev.stagewright.kubectl.build.BuildManifest;
import dev.stagewright.kubectl.build.BuildSecrets;
import dev.stagewright.kubectl.build.ImageOption;
import dev.stagewright.kubectl.build.SecretOption;
import dev.stagewright.kubectl.build.StageOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code stagewright build} that become fields of the ImageBuild. */
final class BuildSpecOptions {
  private static final Set<String> PLATFORMS = Set.of("linux/amd64", "linux/x86_64", "linux");

  @Option(
      names = {"-t", "--tag"},
      paramLabel = "IMAGE",
      description =
          "Image to push, with its registry: registry.example.com/team/hello:1.0. Can be repeated")
  private List<String> tags = List.of();

  @Option(
      names = "--target",
      paramLabel = "STAGE",
      description = "Stage to build. Default: the last")
  private @Nullable String target;

  @Option(
      names = "--build-arg",
      paramLabel = "NAME[=VALUE]",
      description = "Value of an ARG; without a value, that of the environment variable NAME")
  private List<String> buildArgs = List.of();

  @Option(
      names = "--secret",
      paramLabel = "id=ID,src=FILE|env=VAR",
      description = "Secret for RUN --mount=type=secret")
  private List<String> secrets = List.of();

  @Option(
      names = "--ssh",
      paramLabel = "ID=KEYFILE",
      description = "Private key for RUN --mount=type=ssh, such as default=~/.ssh/id_ed25519")
  private List<String> keys = List.of();

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Label of the image")
  private List<String> labels = List.of();

  @Option(
      names = "--annotation",
      paramLabel = "NAME=VALUE",
      description = "Annotation of the image's manifest")
  private List<String> annotations = List.of();

  @Option(names = "--no-cache", description = "Run all instructions again")
  private boolean noCache;

  @Option(
      names = "--platform",
      paramLabel = "PLATFORM",
      description = "Platform of the image; only linux/amd64 is supported")
  private @Nullable String platform;

  @Option(
      names = "--push-secret",
      paramLabel = "NAME",
      description = "Secret in the namespace with the account to push with")
  private @Nullable String pushSecret;

  @Option(
      names = "--pull-secret",
      paramLabel = "NAME",
      description = "Secret in the namespace with an account for base images. Can be repeated")
  private List<String> pullSecrets = List.of();

  @Option(names = "--plain-http", description = "Push without TLS, to a registry for tests")
  private boolean plainHttp;

  @Option(
      names = "--sandbox",
      paramLabel = "SANDBOX",
      description = "auto, inPlace, or userNamespace. Default: auto")
  private @Nullable String sandbox;

  @Option(
      names = "--stage",
      paramLabel = "NAME:KEY=VALUE,…",
      description = "Settings of a stage: cpu, memory, ephemeral-storage, timeout, sandbox")
  private List<String> stages = List.of();

  @Option(
      names = "--workspace-size",
      paramLabel = "SIZE",
      description = "Size of the volume for the context and the layers. Default: 10Gi")
  private @Nullable String workspaceSize;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Maximum time of the run, without the time in the queue. Default: 1h")
  private @Nullable Duration timeout;

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description =
          "Name of the operator, if the cluster has several: the label stagewright.dev/operator")
  private @Nullable String operator;

  /**
   * The images of {@code --tag}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  ImageOption images() {
    if (tags.isEmpty()) {
      throw new IllegalArgumentException(
          "-t IMAGE is required: the image is pushed to a registry, such as"
              + " -t registry.example.com/team/hello:1.0");
    }
    return ImageOption.parse(tags);
  }

  Optional<String> target() {
    return Optional.ofNullable(target);
  }

  /**
   * The ImageBuild without its name.
   *
   * @param source {@code spec.source}
   * @param dockerfile path in the source, if the cluster has to find the Dockerfile
   * @throws IllegalArgumentException with a message for the user
   */
  BuildManifest manifest(
      Map<String, Object> source, Optional<String> dockerfile, Map<String, String> environment) {
    checkPlatform();
    var spec = new LinkedHashMap<String, Object>();
    spec.put("source", source);
    dockerfile.ifPresent(path -> spec.put("dockerfile", path));
    put(spec, "target", target);
    var arguments = buildArgs(environment);
    if (!arguments.isEmpty()) {
      spec.put("buildArgs", arguments);
    }
    spec.put("output", output());
    if (!pullSecrets.isEmpty()) {
      spec.put("imagePullSecrets", pullSecrets.stream().map(name -> Map.of("name", name)).toList());
    }
    put(spec, "sandbox", sandbox);
    if (workspaceSize != null) {
      spec.put("workspace", Map.of("size", workspaceSize));
    }
    if (!stages.isEmpty()) {
      spec.put("stages", parsed("--stage", stages, text -> StageOption.parse(text).settings()));
    }
    if (timeout != null) {
      spec.put("timeout", timeout.toMillis() + "ms");
    }
    var mounts =
        new BuildSecrets(
            parsed("--secret", secrets, text -> SecretOption.secret(text, environment)),
            parsed("--ssh", keys, SecretOption::ssh));
    return new BuildManifest(spec, mounts, noCache, Optional.ofNullable(operator));
  }

  private Map<String, Object> output() {
    var output = new LinkedHashMap<>(images().output());
    if (pushSecret != null) {
      output.put("credentials", Map.of("name", pushSecret));
    }
    if (plainHttp) {
      output.put("insecure", true);
    }
    putAll(output, "labels", pairs("--label", labels));
    putAll(output, "annotations", pairs("--annotation", annotations));
    return output;
  }

  private void checkPlatform() {
    if (platform != null && !PLATFORMS.contains(platform)) {
      throw new IllegalArgumentException(
          "--platform: only linux/amd64 can be built, not " + platform);
    }
  }

  private Map<String, String> buildArgs(Map<String, String> environment) {
    var arguments = new LinkedHashMap<String, String>();
    for (var argument : buildArgs) {
      var equals = argument.indexOf('=');
      if (equals > 0) {
        arguments.put(argument.substring(0, equals), argument.substring(equals + 1));
      } else if (equals == 0 || argument.isEmpty()) {
        throw new IllegalArgumentException(
            "--build-arg: must be NAME=VALUE or NAME, but is \"" + argument + "\"");
      } else {
        // As in Docker, an ARG keeps its default if the variable is not set.
        Optional.ofNullable(environment.get(argument))
            .ifPresent(value -> arguments.put(argument, value));
      }
    }
    return arguments;
  }

  private static Map<String, String> pairs(String option, List<String> texts) {
    var pairs = new LinkedHashMap<String, String>();
    for (var text : texts) {
      var equals = text.indexOf('=');
      if (equals == 0 || text.isEmpty()) {
        throw new IllegalArgumentException(
            option + ": must be NAME=VALUE, but is \"" + text + "\"");
      }
      pairs.put(
          equals < 0 ? text : text.substring(0, equals),
          equals < 0 ? "" : text.substring(equals + 1));
    }
    return pairs;
  }

  private static <T> List<T> parsed(String option, List<String> texts, Function<String, T> parser) {
    return texts.stream()
        .map(text -> {
          try {
            return parser.apply(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + " " + e.getMessage(), e);
          }
        })
        .toList();
  }

  private static void put(Map<String, Object> spec, String field, @Nullable Object value) {
    if (value != null) {
      spec.put(field, value);
    }
  }

  private static void putAll(Map<String, Object> spec, String field, Map<String, String> values) {
    if (!values.isEmpty()) {
      spec.put(field, values);
    }
  }
}
