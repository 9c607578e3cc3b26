package dev.stagewright.kubectl;

import dev.stagewright.dockerfile.source.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Prints what is wrong with a command line and how to get help, instead of the whole help: it has
 * more lines than a terminal.
 */
final class UsageErrorHandler implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    var command = exception.getCommandLine();
    var err = command.getErr();
    err.println(message(exception, command));
    err.printf("See '%s --help'.%n", command.getCommandSpec().qualifiedName());
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException exception, CommandLine command) {
    return exception instanceof UnmatchedArgumentException unmatched
            && !unmatched.getUnmatched().isEmpty()
        ? unknown(unmatched.getUnmatched().getFirst(), command)
        : String.valueOf(exception.getMessage());
  }

  private static String unknown(String argument, CommandLine command) {
    if (argument.startsWith("-")) {
      var option = argument.split("=", 2)[0];
      return Suggestion.append(
          "unknown option " + option, option, options(command.getCommandSpec()), true);
    }
    var commands = commands(command);
    return commands.isEmpty()
        ? "unexpected argument " + argument
        : Suggestion.append("unknown command " + argument, argument, commands, false);
  }

  private static List<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::names)
        .flatMap(Stream::of)
        .toList();
  }

  private static List<String> commands(CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }
}
