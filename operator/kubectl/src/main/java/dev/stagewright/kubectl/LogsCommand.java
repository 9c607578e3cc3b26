package dev.stagewright.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.kubectl.logs.LogTask;
import dev.stagewright.kubectl.logs.LogWish;
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
    description = {
      "Shows the logs of a build's Pods: prepare, the stages in the order of the Dockerfile, push.",
      "With -f it shows them as they come, and ends when the build does."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:shown; with -f, the build succeeded",
      "1:with -f, the build failed or was cancelled",
      "2:wrong usage",
      "3:there is no such build, or no such stage in it",
      "4:the cluster cannot be reached, or refuses"
    })
public final class LogsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUILD", description = "Name of the ImageBuild")
  private String build = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Follow the build to its end")
  private boolean follow;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "Only this stage's log; prepare and push are names too")
  private @Nullable String stage;

  @Option(
      names = "--previous-attempts",
      description = "Show Pods too that were lost and followed by another")
  private boolean previousAttempts;

  @Option(names = "--timestamps", description = "Show when each line was written")
  private boolean timestamps;

  @Mixin private final ClusterInput cluster = new ClusterInput();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
  private CommandSpec spec;

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    var ink = Terminals.ofThisProcess().ink();
    var wish = new LogWish(Optional.ofNullable(stage), previousAttempts);
    // Logs are UTF-8, whatever this machine's locale is.
    try (var out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, UTF_8)) {
      var task = new LogTask(build, wish, timestamps, out, err, ink);
      return cluster.with(
          err,
          builds -> {
            if (follow) {
              return task.follow(builds) ? Exit.OK : Exit.FAILED;
            }
            task.print(builds);
            return Exit.OK;
          });
    }
  }
}
