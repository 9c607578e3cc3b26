package dev.stagewright.kubectl;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.kubectl.chart.BuildTable;
import dev.stagewright.kubectl.chart.BuildView;
import dev.stagewright.kubectl.chart.Evidence;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.ClusterLogs;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.cluster.Snapshot;
import dev.stagewright.kubectl.logs.StageWaits;
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
    description = {
      "Draws a build: its stages over time, what each waited for, and what its time was made of.",
      "Without a name it lists the builds of the namespace."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:shown; with -w, the build succeeded",
      "1:with -w, the build failed or was cancelled",
      "2:wrong usage",
      "3:there is no such build",
      "4:the cluster cannot be reached, or refuses"
    })
public final class GetCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

  enum Output {
    chart,
    json,
    yaml
  }

  @Parameters(paramLabel = "BUILD", arity = "0..1", description = "Name of the ImageBuild")
  private @Nullable String build;

  @Option(
      names = {"-w", "--watch"},
      description = "Draw it again and again until it is over")
  private boolean watch;

  @Option(
      names = {"-o", "--output"},
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      defaultValue = "chart")
  private Output output = Output.chart;

  @Mixin private final ClusterInput cluster = new ClusterInput();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
  private CommandSpec spec;

  private final Terminal terminal = Terminals.ofThisProcess();
  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    var name = Optional.ofNullable(build);
    if (name.isEmpty() && (watch || output != Output.chart)) {
      throw new ParameterException(spec.commandLine(), "-w and -o need the name of a build");
    }
    return cluster.with(
        spec.commandLine().getErr(),
        builds -> {
          if (name.isEmpty()) {
            print(new BuildTable(terminal.ink(), clock.instant()).draw(builds.list()));
            return Exit.OK;
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
    var last = Optional.<BuildPhase>empty();
    for (; ; Thread.sleep(PAUSE)) {
      var snapshot = builds.snapshot(name);
      var phase = snapshot.phase();
      if (terminal.interactive()) {
        print(CLEAR + draw(builds, snapshot));
      } else if (!phase.equals(last) || snapshot.isOver()) {
        print(draw(builds, snapshot) + "\n");
      }
      if (snapshot.isOver()) {
        return phase.equals(Optional.of(BuildPhase.Succeeded)) ? Exit.OK : Exit.FAILED;
      }
      last = phase;
    }
  }

  private String draw(BuildReader builds, Snapshot snapshot) {
    var plan = builds.plan(snapshot);
    var logs = new ClusterLogs(builds.client(), builds.namespace());
    var waits = plan.map(it -> new StageWaits(logs).find(snapshot, it)).orElse(Map.of());
    return new BuildView(terminal, clock.instant())
        .draw(snapshot.build(), new Evidence(plan, waits));
  }

  private int print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
    return Exit.OK;
  }
}
