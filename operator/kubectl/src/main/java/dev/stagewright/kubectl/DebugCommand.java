package dev.stagewright.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.kubectl.debug.DebugOptions;
import dev.stagewright.kubectl.debug.DebugSession;
import dev.stagewright.kubectl.debug.DebugTarget;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagewright debug}. */
@Command(
    name = "debug",
    header = "Opens a shell in a stage that runs or has failed",
    description = {
      "Opens a shell for a stage. While the stage runs, the shell is in its container. After it has"
          + " failed, a copy of its Pod runs the stage again and stops before the instruction that"
          + " failed, if the workspace of the run still exists; otherwise, the copy runs only the"
          + " image of the stage. The copy is deleted at the end.",
      "If standard input is not a terminal, the shell runs what it contains."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0 to 255:that of the shell",
      "2:wrong usage",
      "3:the cluster cannot be reached or rejected the request, or the build, the stage, or its Pod"
          + " does not exist"
    })
public final class DebugCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BUILD", description = "Name of the ImageBuild")
  private String build = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STAGE",
      description = "Name of the stage. Default: the one that failed, or else one that runs")
  private @Nullable String stage;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Run this image instead of that of the stage, for example if it has no shell")
  private @Nullable String image;

  @Option(
      names = {"-c", "--command"},
      paramLabel = "SCRIPT",
      description = "Run this script instead of an interactive shell")
  private @Nullable String script;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "1h",
      description = "When the copy of the Pod ends at the latest. Default: ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ofHours(1);

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    var options = new DebugOptions(Optional.ofNullable(image), script(), timeout);
    return cluster.run(
        err,
        builds -> {
          var found = builds.build(build);
          var target = DebugTarget.select(found, Optional.ofNullable(stage));
          return new DebugSession(builds, options, err).run(found, target);
        });
  }

  /** What the shell runs; empty for an interactive shell. */
  private Optional<String> script() {
    if (script != null) {
      return Optional.of(script);
    }
    var isTerminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    try {
      return isTerminal
          ? Optional.empty()
          : Optional.of(new String(System.in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
