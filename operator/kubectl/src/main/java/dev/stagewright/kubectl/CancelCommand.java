package dev.stagewright.kubectl;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cluster.BuildEditor;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.control.BuildWaiter;
import dev.stagewright.kubectl.control.CancelDecision;
import dev.stagewright.kubectl.control.CancelDecision.AlreadyEnded;
import dev.stagewright.kubectl.control.CancelDecision.Cancel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagewright cancel}. */
@Command(
    name = "cancel",
    header = "Cancels the run of a build",
    description = {
      "Cancels the run of a build that is active, waits in the queue, or is about to start. Later"
          + " changes and triggers start runs as usual."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the run is cancelled, or had ended before",
      "1:the run ended before it could be cancelled",
      "2:wrong usage",
      "3:the cluster cannot be reached or rejected the request, or the build does not exist",
      "4:the operator has not cancelled the run before the timeout",
      "130:interrupted"
    })
public final class CancelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUILD", description = "Name of the ImageBuild")
  private String build = "";

  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Wait until the run is cancelled. Default: true")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "1m",
      description = "Wait no longer than this. Default: ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ofMinutes(1);

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    return cluster.run(
        spec.commandLine().getErr(),
        builds ->
            switch (CancelDecision.of(builds.build(build))) {
              case AlreadyEnded(var run, var phase) ->
                  print("run %d of %s has already ended: %s".formatted(run, build, phase));
              case Cancel(var run, var another) -> cancel(builds, run, another);
            });
  }

  private int cancel(BuildReader builds, long run, boolean another)
      throws ClusterException, NotFoundException, InterruptedException {
    new BuildEditor(builds).annotate(build, ImageBuild.CANCEL_ANNOTATION, Long.toString(run));
    if (another) {
      fail("the build has changed since run %d began: another run follows".formatted(run));
    }
    if (!wait) {
      return print("run %d of %s is being cancelled".formatted(run, build));
    }
    var end =
        new BuildWaiter(() -> builds.build(build))
            .await(it -> CancelDecision.end(it, run).isPresent(), Optional.of(timeout), _ -> {})
            .flatMap(it -> CancelDecision.end(it, run));
    if (end.isEmpty()) {
      fail(
          "the operator has not cancelled run %d of %s yet; stagewright version shows whether it is ready"
              .formatted(run, build));
      return ExitCode.TIMEOUT;
    }
    if (end.get() != BuildPhase.Cancelled) {
      fail("run %d of %s ended before it could be cancelled: %s".formatted(run, build, end.get()));
      return ExitCode.FAILED;
    }
    return print("cancelled run %d of %s".formatted(run, build));
  }

  private int print(String text) {
    var out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
    return ExitCode.OK;
  }

  private void fail(String message) {
    spec.commandLine().getErr().println(message);
  }
}
