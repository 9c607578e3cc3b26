package dev.stagewright.kubectl;

import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.build.BuildEnd;
import dev.stagewright.kubectl.build.BuildManifest;
import dev.stagewright.kubectl.build.BuildName;
import dev.stagewright.kubectl.build.BuildSession;
import dev.stagewright.kubectl.build.BuildSession.NoOperatorException;
import dev.stagewright.kubectl.build.BuildSession.ReplacedException;
import dev.stagewright.kubectl.build.BuildStart;
import dev.stagewright.kubectl.build.BuildStart.NameInUseException;
import dev.stagewright.kubectl.build.StartedBuild;
import dev.stagewright.kubectl.cluster.BuildApplier;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.context.BuildContext;
import dev.stagewright.kubectl.context.ContextException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stagewright build}. */
@Command(
    name = "build",
    header = "Builds an image in the cluster, and pushes it",
    description = {
      "Builds an image in the cluster from a folder of this machine, as docker build does, and"
          + " pushes it to its registry.",
      "The folder is sent through the API server. Ctrl-C cancels the build."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the image is in its registry",
      "1:the build failed: its Dockerfile, source, or options; or it was cancelled",
      "2:wrong usage",
      "3:the cluster, a registry, or the connection failed",
      "4:a timeout: of the build, or no operator has processed it",
      "130:interrupted; the build is cancelled"
    })
public final class BuildCommand implements Callable<Integer> {
  @Mixin private final BuildSourceOptions source = new BuildSourceOptions();
  @Mixin private final BuildSpecOptions options = new BuildSpecOptions();
  @Mixin private final BuildResultOptions results = new BuildResultOptions();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the ImageBuild. Default: derived from the image and the target")
  private @Nullable String name;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    try {
      DockerFlags.notices(spec.commandLine().getParseResult()).forEach(err::println);
      var selected = source.select(System.in);
      var manifest = options.manifest(selected.field(), selected.dockerfile(), System.getenv());
      if (results.isDryRun()) {
        return cluster.run(err, builds -> print(manifest, builds.namespace()));
      }
      if (results.isForPeople()) {
        selected.sent().ifPresent(context -> announce(context, err));
        err.flush();
      }
      return cluster.run(err, builds -> build(builds, manifest, selected.sent()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (ContextException | IOException e) {
      err.println(e.getMessage());
      return ExitCode.FAILED;
    } finally {
      err.flush();
    }
  }

  private static void announce(BuildContext context, PrintWriter err) {
    err.printf(
        "build context: %d files and directories, %s%n",
        context.files(), new DataSize(context.bytes()));
    context.hints().forEach(hint -> err.println("hint: " + hint));
  }

  private String name() {
    return name == null ? BuildName.of(options.images().first(), options.target()) : name;
  }

  private int print(BuildManifest manifest, String namespace) {
    results.print(manifest, name(), namespace, spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private int build(BuildReader builds, BuildManifest manifest, Optional<BuildContext> context)
      throws ClusterException, NotFoundException, InterruptedException {
    var err = spec.commandLine().getErr();
    try {
      var start =
          new BuildStart(
              new BuildApplier(builds, BuildManifest.MANAGER), builds.namespace(), manifest);
      var started = name == null ? start.start(name()) : start.startNamed(name);
      if (results.isForPeople()) {
        err.printf("ImageBuild %s in namespace %s%n", started.name(), builds.namespace());
        err.flush();
      }
      if (results.isDetached() && context.isEmpty()) {
        return detach(started);
      }
      return follow(builds, started, context);
    } catch (ContextException | NameInUseException | ReplacedException e) {
      err.println(e.getMessage());
      return ExitCode.FAILED;
    } catch (NoOperatorException e) {
      err.println(e.getMessage());
      return ExitCode.TIMEOUT;
    }
  }

  private int follow(BuildReader builds, StartedBuild started, Optional<BuildContext> context)
      throws ClusterException,
          NotFoundException,
          ContextException,
          ReplacedException,
          NoOperatorException,
          InterruptedException {
    BuildEnd end;
    try (var display = results.display()) {
      var session = new BuildSession(builds, started, display);
      if (results.isDetached()) {
        session.send(context.orElseThrow());
        return detach(started);
      }
      try (var _ = Interruption.cancelling(session, started, spec.commandLine().getErr())) {
        end = session.follow(context);
      }
    }
    return report(end);
  }

  private int detach(StartedBuild started) {
    print(started.name());
    return ExitCode.OK;
  }

  private int report(BuildEnd end) throws ContextException {
    results.write(end);
    if (end.kind() == BuildEnd.Kind.SUCCEEDED) {
      end.pinned().ifPresent(this::print);
    }
    return switch (end.kind()) {
      case SUCCEEDED -> ExitCode.OK;
      case FAILED, CANCELLED -> ExitCode.FAILED;
      case INFRASTRUCTURE -> ExitCode.UNAVAILABLE;
      case TIMEOUT -> ExitCode.TIMEOUT;
    };
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
