package dev.stagewright.image.entrypoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A subcommand that parses its arguments itself: a program of a Pod. */
@Command
final class PhaseCommand implements Callable<Integer> {
  private final ToIntFunction<List<String>> main;

  @Parameters(arity = "0..*", hidden = true)
  private final List<String> arguments = new ArrayList<>();

  private PhaseCommand(ToIntFunction<List<String>> main) {
    this.main = main;
  }

  /**
   * Creates a subcommand.
   *
   * @param description one sentence
   * @param main receives the arguments, returns the exit code
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
