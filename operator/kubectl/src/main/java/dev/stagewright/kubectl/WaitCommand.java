package dev.stagewright.kubectl;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.control.BuildWaiter;
import dev.stagewright.kubectl.control.WaitGoal;
import dev.stagewright.kubectl.logs.BuildResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code stagewright wait}. */
@Command(
    name = "wait",
    header = "Waits for a build, and exits with its result",
    description = {
      "Waits for the run that builds the current spec, including changes and triggers that the"
          + " operator has not seen yet. The exit code is that of the build."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the build succeeded, or has reached the condition or phase of --for",
      "1:the build failed or was cancelled, or ended without reaching it",
      "2:wrong usage",
      "3:the cluster cannot be reached or rejected the request, or the build does not exist",
      "4:the timeout has passed",
      "130:interrupted; the build continues"
    })
public final class WaitCommand implements Callable<Integer> {
  enum OutputFormat {
    image
  }

  @Parameters(paramLabel = "BUILD", description = "Name of the ImageBuild")
  private String build = "";

  @Option(
      names = "--for",
      paramLabel = "GOAL",
      converter = GoalConverter.class,
      description =
          "success, condition=TYPE, condition=TYPE=STATUS, or phase=PHASE, such as"
              + " condition=Prepared. Default: success")
  private WaitGoal goal = new WaitGoal.Success();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Wait no longer than this, such as 90s or 10m. Default: no limit")
  private @Nullable Duration timeout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "image: print only the reference of the image by digest, REPOSITORY@sha256:…")
  private @Nullable OutputFormat output;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    return cluster.run(spec.commandLine().getErr(), this::await);
  }

  private int await(BuildReader builds)
      throws ClusterException, NotFoundException, InterruptedException {
    var end =
        new BuildWaiter(() -> builds.build(build))
            .await(
                it -> goal.progress(it) != WaitGoal.Progress.OPEN,
                Optional.ofNullable(timeout),
                _ -> {});
    if (end.isEmpty()) {
      var state = Optional.ofNullable(builds.build(build).getStatus());
      return fail(
          ExitCode.TIMEOUT,
          "%s is still %s after %s"
              .formatted(
                  build,
                  state.map(it -> String.valueOf(it.phase())).orElse("not started"),
                  Optional.ofNullable(timeout).map(Duration::toSeconds).orElse(0L) + "s"));
    }
    return print(end.get());
  }

  private int print(ImageBuild end) {
    var status = Optional.ofNullable(end.getStatus());
    var result = status.map(it -> new BuildResult(build, it).message()).orElse(build);
    if (goal.progress(end) != WaitGoal.Progress.REACHED) {
      return fail(ExitCode.FAILED, result);
    }
    var out = spec.commandLine().getOut();
    if (output == OutputFormat.image) {
      status
          .flatMap(it -> Optional.ofNullable(it.image()))
          .flatMap(WaitCommand::pinned)
          .ifPresent(out::println);
    } else {
      out.println(
          status.filter(ImageBuildStatus::hasEnded).isPresent()
              ? result
              : build + " is " + status.map(it -> String.valueOf(it.phase())).orElse(""));
    }
    out.flush();
    return ExitCode.OK;
  }

  private static Optional<String> pinned(ImageBuildStatus.ImageStatus image) {
    return Optional.ofNullable(image.pinned());
  }

  private int fail(int exitCode, String message) {
    spec.commandLine().getErr().println(message);
    return exitCode;
  }

  /** Converts the value of {@code --for}. */
  static final class GoalConverter implements ITypeConverter<WaitGoal> {
    @Override
    public WaitGoal convert(String value) {
      try {
        return WaitGoal.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
