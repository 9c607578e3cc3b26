package dev.stagewright.kubectl;

import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.completion.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code stagewright __complete}, for the completion scripts of shells: prints a candidate a line,
 * and then a colon and what the shell does, as Cobra: 4 for nothing else, 0 for names of files.
 */
@Command(name = "__complete", hidden = true)
public final class CompleteCommand implements Callable<Integer> {
  private static final int NO_FILES = 4;
  private static final int LOOKUP_SECONDS = 5;

  @Parameters(arity = "0..*")
  private List<String> words = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    var root = spec.root();
    var candidates = new Completion(root, CompleteCommand::buildNames).complete(words);
    var out = spec.commandLine().getOut();
    candidates.words().forEach(out::println);
    out.println(":" + (candidates.files() ? 0 : NO_FILES));
    out.flush();
    return ExitCode.OK;
  }

  /**
   * Without a cluster, there are no candidates: a message would disturb the command line. Nor does
   * the shell wait for a cluster that does not answer.
   */
  private static List<String> buildNames(List<String> arguments) {
    return CompletableFuture.supplyAsync(() -> namesInCluster(arguments))
        .completeOnTimeout(List.of(), lookupSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** Tests have more time, because they start the program on a busy machine. */
  private static int lookupSeconds() {
    return Integer.getInteger("stagewright.completion.seconds", LOOKUP_SECONDS);
  }

  private static List<String> namesInCluster(List<String> arguments) {
    var query = new NameQuery();
    try {
      new CommandLine(query).parseArgs(arguments.toArray(String[]::new));
      return query.cluster.read(
          builds -> builds.list().stream().map(it -> it.getMetadata().getName()).toList());
    } catch (ClusterException | NotFoundException | CommandLine.ParameterException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** The options that select a cluster, between others. */
  @Command
  private static final class NameQuery {
    @Mixin private final ClusterOptions cluster = new ClusterOptions();

    @SuppressWarnings("UnusedVariable") // picocli puts the other arguments here
    @Unmatched
    private List<String> others = new ArrayList<>();
  }
}
