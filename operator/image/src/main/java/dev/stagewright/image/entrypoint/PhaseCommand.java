package dev.stagewright.image.entrypoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A subcommand that reads its arguments itself: what a Pod runs. */
@Command
final class PhaseCommand implements Callable<Integer> {
  private final ToIntFunction<List<String>> main;

  @Parameters(arity = "0..*", hidden = true)
  private final List<String> arguments = new ArrayList<>();

  private PhaseCommand(ToIntFunction<List<String>> main) {
    this.main = main;
  }

  /**
   * A subcommand.
   *
   * @param description one sentence
   * @param main takes the arguments, returns the exit code
   */
  static CommandLine of(String description, ToIntFunction<List<String>> main) {
    var command = new CommandLine(new PhaseCommand(main));
    command.getCommandSpec().usageMessage().description(description);
    return command.setUnmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() {
    return main.applyAsInt(arguments);
  }
}
