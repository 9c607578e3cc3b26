package dev.stagewright.kubectl.completion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Finds the words that can stand at the end of a command line.
 *
 * @param root the command with all subcommands
 * @param builds finds the names of builds
 */
public record Completion(CommandSpec root, BuildNames builds) {
  private static final String NAMESPACE = "--namespace";

  /** Finds the names of builds. */
  @FunctionalInterface
  public interface BuildNames {
    /**
     * The names of the builds that these options select.
     *
     * @param options the words of the command line so far, for example {@code -n team}
     */
    List<String> find(List<String> options);
  }

  /**
   * What can follow.
   *
   * @param words each with a description after a tab, or without
   * @param files whether names of files can follow, too
   */
  public record Candidates(List<String> words, boolean files) {
    static final Candidates FILES = new Candidates(List.of(), true);
    static final Candidates NONE = new Candidates(List.of(), false);
  }

  /**
   * Completes the last word.
   *
   * @param words the arguments of the command; the last is incomplete and may be empty
   */
  public Candidates complete(List<String> words) {
    if (words.isEmpty()) {
      return Candidates.NONE;
    }
    var before = words.subList(0, words.size() - 1);
    var word = words.getLast();
    var command = root;
    var pending = Optional.<OptionSpec>empty();
    var positionals = new ArrayList<String>();
    for (var argument : before) {
      if (pending.isPresent()) {
        pending = Optional.empty();
      } else if (argument.startsWith("-")) {
        pending = option(command, argument).filter(Completion::takesValue);
      } else if (positionals.isEmpty() && command.subcommands().containsKey(argument)) {
        command = command.subcommands().get(argument).getCommandSpec();
      } else {
        positionals.add(argument);
      }
    }
    if (pending.isPresent()) {
      return value(pending.get(), word, "");
    }
    var equals = word.indexOf('=');
    if (word.startsWith("--") && equals > 0) {
      return option(command, word.substring(0, equals))
          .map(option -> value(option, word.substring(equals + 1), word.substring(0, equals + 1)))
          .orElse(Candidates.NONE);
    }
    return word.startsWith("-")
        ? options(command, word)
        : arguments(command, word, before, positionals.size());
  }

  private static Optional<OptionSpec> option(CommandSpec command, String name) {
    return Optional.ofNullable(command.findOption(name));
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0 && !option.type().equals(boolean.class);
  }

  private static Candidates value(OptionSpec option, String word, String prefix) {
    var candidates = option.completionCandidates();
    if (candidates == null) {
      return option.type().equals(Path.class) || option.longestName().equals("--file")
          ? Candidates.FILES
          : Candidates.NONE;
    }
    return new Candidates(
        StreamSupport.stream(candidates.spliterator(), false)
            .filter(value -> value.startsWith(word))
            .map(value -> prefix + value)
            .toList(),
        false);
  }

  private static Candidates options(CommandSpec command, String word) {
    return new Candidates(
        command.options().stream()
            .filter(option -> !option.hidden() && option.longestName().startsWith(word))
            .map(option -> describe(option.longestName(), option.description()))
            .sorted()
            .toList(),
        false);
  }

  private static String[] summary(UsageMessageSpec usage) {
    return usage.header().length == 0 ? usage.description() : usage.header();
  }

  private static String describe(String word, String[] description) {
    return description.length == 0 || description[0].isEmpty()
        ? word
        : word + "\t" + description[0].lines().findFirst().orElse("");
  }

  private Candidates arguments(
      CommandSpec command, String word, List<String> before, int positionals) {
    var subcommands =
        command.subcommands().values().stream()
            .map(sub -> sub.getCommandSpec())
            .filter(sub -> !sub.usageMessage().hidden() && sub.name().startsWith(word))
            .map(sub -> describe(sub.name(), summary(sub.usageMessage())))
            .distinct()
            .sorted(Comparator.naturalOrder())
            .toList();
    if (!subcommands.isEmpty()) {
      return new Candidates(subcommands, false);
    }
    var parameter =
        command.positionalParameters().stream()
            .filter(it -> it.index().contains(positionals))
            .findFirst();
    if (parameter.isEmpty()) {
      return Candidates.NONE;
    }
    if (parameter.get().paramLabel().equals("BUILD") && option(command, NAMESPACE).isPresent()) {
      return new Candidates(
          builds.find(before).stream().filter(name -> name.startsWith(word)).sorted().toList(),
          false);
    }
    var candidates = parameter.get().completionCandidates();
    return candidates == null
        ? parameter.get().paramLabel().equals("FILE") ? Candidates.FILES : Candidates.NONE
        : new Candidates(
            StreamSupport.stream(candidates.spliterator(), false)
                .filter(value -> value.startsWith(word))
                .toList(),
            false);
  }
}
