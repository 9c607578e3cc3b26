package dev.stagewright.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.logs.BuildLogs;
import dev.stagewright.kubectl.logs.LogSelection;
import dev.stagewright.kubectl.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagewright logs}. */
@Command(
    name = "logs",
    header = "Prints the logs of a build",
    description = {
      "Prints the logs of the Pods of a build: prepare, the stages in the order of the Dockerfile,"
          + " publish.",
      "With -f, streams the logs and exits when the build is finished."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the logs were printed; with -f, the build succeeded",
      "1:with -f, the build failed or was cancelled",
      "2:wrong usage",
      "3:the cluster cannot be reached or rejected the request, or the build or the stage does not"
          + " exist",
      "130:interrupted; the build continues"
    })
public final class LogsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUILD", description = "Name of the ImageBuild")
  private String build = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Stream the logs until the build is finished")
  private boolean follow;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "Print only the log of this stage, or of prepare or publish")
  private @Nullable String stage;

  @Option(
      names = "--previous-attempts",
      description = "Also print the logs of Pods that were lost and replaced by another attempt")
  private boolean previousAttempts;

  @Option(names = "--timestamps", description = "Print the timestamp of each line")
  private boolean timestamps;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    var ansi = Terminal.ofProcess().ansi();
    var selection = new LogSelection(Optional.ofNullable(stage), previousAttempts);
    // Logs are UTF-8, independent of the locale.
    try (var out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, UTF_8)) {
      var logs = new BuildLogs(build, selection, timestamps, out, err, ansi);
      return cluster.run(
          err,
          builds -> {
            if (follow) {
              return logs.follow(builds) ? ExitCode.OK : ExitCode.FAILED;
            }
            logs.print(builds);
            return ExitCode.OK;
          });
    }
  }
}
