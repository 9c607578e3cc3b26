package dev.stagewright.kubectl;

import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.chart.CacheReport;
import dev.stagewright.kubectl.terminal.Terminal;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagewright why}. */
@Command(
    name = "why",
    header = "Explains what came from the cache, and why other steps ran",
    aliases = "explain",
    description = {
      "Explains what a build took from the cache: which steps of each stage are cached, and why the"
          + " first step that is not cached had to run."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the output was printed",
      "2:wrong usage",
      "3:the cluster cannot be reached or rejected the request, or the build does not exist"
    })
public final class WhyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUILD", description = "Name of the ImageBuild")
  private String build = "";

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  private final Terminal terminal = Terminal.ofProcess();
  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    var commandLine = spec.commandLine();
    return cluster.run(
        commandLine.getErr(),
        builds -> {
          var out = commandLine.getOut();
          out.print(new CacheReport(terminal.ansi(), clock.instant()).draw(builds.build(build)));
          out.flush();
          return ExitCode.OK;
        });
  }
}
