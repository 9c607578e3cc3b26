package dev.stagewright.cli;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Command line options that describe a build. */
final class BuildInput {
  @Option(
      names = "--target",
      paramLabel = "STAGE",
      description = "Name or index of the stage to build. Default: the last stage")
  private @Nullable String target;

  @Option(
      names = "--build-arg",
      paramLabel = "NAME[=VALUE]",
      description =
          "Value of an ARG; without a value, the value of the environment variable is used")
  private List<String> buildArgs = List.of();

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Platform of the image. Default: the platform of this machine")
  private @Nullable String platform;

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // set by picocli before the call
  private CommandSpec spec;

  /** The options of the build. */
  BuildOptions options() {
    var here = PlatformId.parse("linux/" + System.getProperty("os.arch", "amd64"));
    return new BuildOptions(
        Optional.ofNullable(target),
        arguments(),
        platform == null ? here : parse(platform),
        here,
        Set.of());
  }

  private Map<String, String> arguments() {
    var arguments = new LinkedHashMap<String, String>();
    for (var argument : buildArgs) {
      int equals = argument.indexOf('=');
      if (equals >= 0) {
        arguments.put(argument.substring(0, equals), argument.substring(equals + 1));
      } else {
        Optional.ofNullable(System.getenv(argument))
            .ifPresent(value -> arguments.put(argument, value));
      }
    }
    return arguments;
  }

  private PlatformId parse(String text) {
    try {
      return PlatformId.parse(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--platform: " + e.getMessage(), e);
    }
  }
}
