package dev.stagewright.kubectl;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the reference page of the command line from the declarations of its commands. */
final class CommandReference {
  private static final String INTRODUCTION =
      """
      # Command line reference

      This page lists all commands of `stagewright` with their options and exit codes. [Command line](cli.md) describes how to use them.

      All commands have `-h`, `--help` and `-V`, `--version`.
      """;

  private static final List<String> STANDARD = List.of("--help", "--version");

  private CommandReference() {}

  static String page(CommandLine command) {
    return INTRODUCTION
        + commands(command).map(CommandReference::section).collect(Collectors.joining());
  }

  /** All visible commands that do something themselves. */
  static Stream<CommandLine> commands(CommandLine command) {
    var subcommands = command.getSubcommands();
    return subcommands.isEmpty()
        ? Stream.of(command)
        : subcommands.values().stream()
            .distinct()
            .filter(subcommand -> !subcommand.getCommandSpec().usageMessage().hidden())
            .flatMap(CommandReference::commands);
  }

  private static String section(CommandLine command) {
    var spec = command.getCommandSpec();
    var names =
        Stream.concat(Stream.of(spec.name()), Arrays.stream(spec.aliases()))
            .skip(1)
            .map(alias -> "`" + alias + "`")
            .toList();
    var aliases = names.isEmpty() ? "" : " Also: " + String.join(", ", names) + ".";
    return "\n## "
        + spec.qualifiedName()
        + "\n\n"
        + text(spec.usageMessage().description())
        + aliases
        + "\n\n"
        + "```\n"
        + synopsis(command)
        + "\n```\n"
        + parameters(spec)
        + exitCodes(spec.usageMessage().exitCodeList());
  }

  private static String synopsis(CommandLine command) {
    var help =
        command
            .getHelpFactory()
            .create(command.getCommandSpec(), CommandLine.Help.defaultColorScheme(Ansi.OFF));
    return help.synopsis(0).strip();
  }

  private static String parameters(CommandSpec spec) {
    var positional =
        spec.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(CommandReference::row);
    var options =
        spec.options().stream()
            .filter(option -> !option.hidden() && !STANDARD.contains(option.longestName()))
            .map(CommandReference::row);
    var rows = Stream.concat(positional, options).collect(Collectors.joining());
    return rows.isEmpty() ? "" : "\n| Argument or option | Description |\n| --- | --- |\n" + rows;
  }

  private static String row(PositionalParamSpec parameter) {
    return "| `"
        + cell(parameter.paramLabel())
        + "` | "
        + cell(text(parameter.description()))
        + " |\n";
  }

  private static String row(OptionSpec option) {
    var value =
        option.arity().max() == 0 || option.paramLabel().isEmpty() ? "" : " " + option.paramLabel();
    var names = Arrays.stream(option.names()).map(name -> "`" + name + "`").toList();
    var last = names.getLast();
    var all =
        Stream.concat(
            names.stream().limit(names.size() - 1L),
            Stream.of(last.substring(0, last.length() - 1) + value + "`"));
    return "| "
        + cell(all.collect(Collectors.joining(", ")))
        + " | "
        + cell(text(option.description()))
        + " |\n";
  }

  private static String exitCodes(Map<String, String> codes) {
    return codes.isEmpty()
        ? ""
        : codes.entrySet().stream()
            .map(code -> "| " + code.getKey().strip() + " | " + cell(code.getValue()) + " |\n")
            .collect(Collectors.joining("", "\n| Exit code | Meaning |\n| --- | --- |\n", ""));
  }

  /** A description has formats: {@code %n}, {@code %%}, and variables of picocli. */
  private static String text(String... lines) {
    return String.join(" ", lines).replaceAll("\\s*%n\\s*", " ").replace("%%", "%").strip();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }
}
