package dev.stagewright.kubectl;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cluster.BuildEditor;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.control.BuildWaiter;
import dev.stagewright.kubectl.control.RetryDecision;
import dev.stagewright.kubectl.control.RetryDecision.Refused;
import dev.stagewright.kubectl.control.RetryDecision.Start;
import dev.stagewright.kubectl.control.WaitGoal;
import dev.stagewright.kubectl.logs.BuildResult;
import dev.stagewright.kubectl.progress.BuildFollower;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagewright retry}. */
@Command(
    name = "retry",
    header = "Starts another run of a build",
    description = {
      "Starts another run of a build that has ended, without a change of its spec: sets the"
          + " annotation stagewright.dev/rebuild."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the run will start; with -f, it succeeded",
      "1:a run is active, or the build is suspended; with -f, the run failed or was cancelled",
      "2:wrong usage",
      "3:the cluster cannot be reached or rejected the request, or the build does not exist",
      "130:interrupted; the build continues"
    })
public final class RetryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUILD", description = "Name of the ImageBuild")
  private String build = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Show the progress until the run has ended")
  private boolean follow;

  @Mixin private final ProgressOptions progress = new ProgressOptions();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    return cluster.run(
        spec.commandLine().getErr(),
        builds ->
            switch (RetryDecision.of(builds.build(build), clock.instant())) {
              case Refused(var reason) -> {
                spec.commandLine().getErr().println(reason);
                yield ExitCode.FAILED;
              }
              case Start(var value) -> start(builds, value);
            });
  }

  private int start(BuildReader builds, String value)
      throws ClusterException, NotFoundException, InterruptedException {
    new BuildEditor(builds).annotate(build, ImageBuild.REBUILD_ANNOTATION, value);
    if (!follow) {
      return print("another run of " + build + " starts");
    }
    BuildSnapshot last;
    try (var display = progress.display()) {
      var observed = new WaitGoal.Observed();
      new BuildWaiter(() -> builds.build(build))
          .await(
              it -> observed.progress(it) == WaitGoal.Progress.REACHED,
              Optional.empty(),
              display::show);
      last = new BuildFollower(builds, display).follow(build);
    }
    var result = last.status().map(it -> new BuildResult(build, it));
    if (result.filter(BuildResult::isSuccess).isPresent()) {
      return print(result.get().message());
    }
    return ExitCode.FAILED;
  }

  private int print(String text) {
    var out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
    return ExitCode.OK;
  }
}
