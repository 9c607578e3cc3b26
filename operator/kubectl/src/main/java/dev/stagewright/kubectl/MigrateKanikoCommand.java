package dev.stagewright.kubectl;

import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.migrate.KanikoMigration;
import dev.stagewright.kubectl.migrate.Migration;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code stagewright migrate kaniko}. */
@Command(
    name = "kaniko",
    description = {
      "Converts the arguments of a kaniko executor to an ImageBuild.",
      "Prints the ImageBuild, and on standard error what becomes of each flag that no field"
          + " replaces. A cluster is not required."
    },
    customSynopsis =
        "stagewright migrate kaniko [--name NAME] [--push-secret NAME] [--] ARGUMENT...",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the ImageBuild does what kaniko does",
      "1:the ImageBuild was printed, but must be completed, or a flag is not supported",
      "2:wrong usage, or kaniko would reject the arguments"
    })
public final class MigrateKanikoCommand implements Callable<Integer> {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the ImageBuild. Default: the last part of the first destination")
  private @Nullable String name;

  @Option(
      names = "--push-secret",
      paramLabel = "NAME",
      description = "Secret of type kubernetes.io/dockerconfigjson for the destinations")
  private @Nullable String pushSecret;

  @Unmatched private final List<String> arguments = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    var commandLine = spec.commandLine();
    var migration = migrate();
    var out = commandLine.getOut();
    out.print(Serialization.asYaml(migration.build()));
    out.flush();
    var err = commandLine.getErr();
    migration.notes().forEach(err::println);
    err.flush();
    return migration.isComplete() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Migration migrate() {
    if (arguments.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "the arguments of kaniko are missing, such as --destination IMAGE");
    }
    try {
      return KanikoMigration.migrate(
          arguments, Optional.ofNullable(name), Optional.ofNullable(pushSecret));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
