package dev.stagewright.kubectl;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.check.FailOn;
import dev.stagewright.kubectl.check.ImageChecker;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagewright check}. */
@Command(
    name = "check",
    header = "Checks an image in a registry without running it",
    description = {
      "Checks an image in a registry without running it: whether its program can start, what is"
          + " missing, what makes it large, and what must not be in it.",
      "The image may be built with any tool. A cluster is not required."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the report was printed, and no finding is one of --fail-on",
      "1:a finding is one of --fail-on",
      "2:wrong usage",
      "3:the registry cannot be reached or rejected the request, or the image does not exist"
    })
public final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IMAGE", description = "Reference of the image")
  private String image = "";

  @Option(
      names = "--platform",
      paramLabel = "PLATFORM",
      description =
          "Platform, such as linux/arm64. Default: the only one of the image, or else that of this"
              + " machine")
  private @Nullable String platform;

  @Option(
      names = "--fail-on",
      paramLabel = "RULE|SEVERITY",
      split = ",",
      description =
          "Exit with 1 if there is a finding of this rule, or one that is at least as bad as error,"
              + " warning, or hint. Can be repeated")
  private List<String> failOn = List.of();

  @Mixin private final ReportOutput output = new ReportOutput();
  @Mixin private final RegistryAccess access = new RegistryAccess();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  private final ImageAnalysis analysis = ImageAnalysis.standard();

  @Override
  public Integer call() {
    var reference = reference();
    var condition = condition();
    var of = platform();
    return access.run(
        spec,
        () -> {
          try (var client = access.client(reference.registry())) {
            var report = new ImageChecker(client, analysis).check(reference, of);
            output.write(report, spec.commandLine().getOut());
            return condition.matches(report.findings()) ? ExitCode.FAILED : ExitCode.OK;
          }
        });
  }

  private ImageReference reference() {
    try {
      return ImageReference.parse(image);
    } catch (IllegalArgumentException e) {
      throw usage("'" + image + "' is not an image: " + e.getMessage());
    }
  }

  private Optional<Platform> platform() {
    try {
      return Optional.ofNullable(platform).map(Platform::parse);
    } catch (IllegalArgumentException e) {
      throw usage("'" + platform + "' is not a platform, such as linux/arm64");
    }
  }

  private FailOn condition() {
    try {
      return FailOn.parse(failOn, analysis.descriptions());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
