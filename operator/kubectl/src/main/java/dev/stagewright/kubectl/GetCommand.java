package dev.stagewright.kubectl;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.chart.BuildTable;
import dev.stagewright.kubectl.chart.BuildView;
import dev.stagewright.kubectl.chart.RunDetails;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.KubernetesPodLogClient;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.logs.StageWaitReader;
import dev.stagewright.kubectl.terminal.Terminal;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
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

/** {@code stagewright get}. */
@Command(
    name = "get",
    header = "Shows a build as a chart, or lists builds",
    description = {
      "Draws a chart of a build: its stages over time, what each stage waited for, and the"
          + " critical path.",
      "Without a name, lists the builds of the namespace."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the output was printed; with -w, the build succeeded",
      "1:with -w, the build failed or was cancelled",
      "2:wrong usage",
      "3:the cluster cannot be reached or rejected the request, or the build does not exist"
    })
public final class GetCommand implements Callable<Integer> {
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J\u001b[3J";

  enum OutputFormat {
    chart,
    json,
    yaml
  }

  @Parameters(paramLabel = "BUILD", arity = "0..1", description = "Name of the ImageBuild")
  private @Nullable String build;

  @Option(
      names = {"-w", "--watch"},
      description = "Update the chart every second until the build is finished")
  private boolean watch;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "Output format, one of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      defaultValue = "chart")
  private OutputFormat output = OutputFormat.chart;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  private final Terminal terminal = Terminal.ofProcess();
  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    var name = Optional.ofNullable(build);
    if (name.isEmpty() && (watch || output != OutputFormat.chart)) {
      throw new ParameterException(spec.commandLine(), "-w and -o require the name of a build");
    }
    return cluster.run(
        spec.commandLine().getErr(),
        builds -> {
          if (name.isEmpty()) {
            print(new BuildTable(terminal.ansi(), clock.instant()).draw(builds.list()));
            return ExitCode.OK;
          }
          return switch (output) {
            case json -> print(Serialization.asJson(builds.resource(name.get())) + "\n");
            case yaml -> print(Serialization.asYaml(builds.resource(name.get())));
            case chart -> watch ? watch(builds, name.get()) : show(builds, name.get());
          };
        });
  }

  private int show(BuildReader builds, String name) throws ClusterException, NotFoundException {
    return print(draw(builds, builds.snapshot(name)));
  }

  private int watch(BuildReader builds, String name)
      throws ClusterException, NotFoundException, InterruptedException {
    var previousPhase = Optional.<BuildPhase>empty();
    for (; ; Thread.sleep(WATCH_INTERVAL)) {
      var snapshot = builds.snapshot(name);
      var phase = snapshot.phase();
      if (terminal.interactive()) {
        print(CLEAR_SCREEN + draw(builds, snapshot));
      } else if (!phase.equals(previousPhase) || snapshot.isFinished()) {
        print(draw(builds, snapshot) + "\n");
      }
      if (snapshot.isFinished()) {
        return phase.equals(Optional.of(BuildPhase.Succeeded)) ? ExitCode.OK : ExitCode.FAILED;
      }
      previousPhase = phase;
    }
  }

  private String draw(BuildReader builds, BuildSnapshot snapshot) {
    var plan = builds.plan(snapshot);
    var logs = new KubernetesPodLogClient(builds.client(), builds.namespace());
    var waits = plan.map(it -> new StageWaitReader(logs).read(snapshot, it)).orElse(Map.of());
    return new BuildView(terminal, clock.instant())
        .draw(snapshot.build(), new RunDetails(plan, waits));
  }

  private int print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
    return ExitCode.OK;
  }
}
