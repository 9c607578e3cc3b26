package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.instruction.Arg;
import dev.stagewright.dockerfile.instruction.Cmd;
import dev.stagewright.dockerfile.instruction.CommandLine;
import dev.stagewright.dockerfile.instruction.Entrypoint;
import dev.stagewright.dockerfile.instruction.Env;
import dev.stagewright.dockerfile.instruction.Expose;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.KeyValue;
import dev.stagewright.dockerfile.instruction.Label;
import dev.stagewright.dockerfile.instruction.Maintainer;
import dev.stagewright.dockerfile.instruction.OnBuild;
import dev.stagewright.dockerfile.instruction.Shell;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.instruction.StopSignal;
import dev.stagewright.dockerfile.instruction.User;
import dev.stagewright.dockerfile.instruction.Volume;
import dev.stagewright.dockerfile.instruction.Workdir;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The second step of parsing: converts a statement to a typed instruction. */
final class InstructionParser {
  private static final List<String> NAMES =
      List.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");
  private static final Pattern ONBUILD = Pattern.compile("(?i)^\\s*ONBUILD\\s*");

  private InstructionParser() {}

  static Instruction parse(Statement statement) {
    return switch (statement.keyword().toUpperCase(Locale.ROOT)) {
      case "ADD" -> CopyParser.add(statement);
      case "ARG" -> arg(statement);
      case "CMD" -> new Cmd(withoutFlags(statement), command(statement));
      case "COPY" -> CopyParser.copy(statement);
      case "ENTRYPOINT" -> new Entrypoint(withoutFlags(statement), command(statement));
      case "ENV" -> new Env(withoutFlags(statement), pairs(statement));
      case "EXPOSE" -> expose(statement);
      case "FROM" -> FromParser.parse(statement);
      case "HEALTHCHECK" -> HealthcheckParser.parse(statement);
      case "LABEL" -> new Label(withoutFlags(statement), pairs(statement));
      case "MAINTAINER" -> new Maintainer(statement, singleArgument(statement));
      case "ONBUILD" -> onBuild(statement);
      case "RUN" -> RunParser.parse(statement);
      case "SHELL" -> shell(statement);
      case "STOPSIGNAL" -> new StopSignal(statement, exactlyOneArgument(statement));
      case "USER" -> new User(statement, singleArgument(statement));
      case "VOLUME" -> volume(statement);
      case "WORKDIR" -> new Workdir(statement, singleArgument(statement));
      default ->
          throw new DockerfileException(
              statement.position(),
              Suggestion.append(
                  "unknown instruction: " + statement.keyword(), statement.keyword(), NAMES, false),
              statement.keyword());
    };
  }

  /** The command of RUN, CMD or ENTRYPOINT; can be empty. */
  static CommandLine command(Statement statement) {
    return statement.json() || statement.arguments().isEmpty()
        ? new CommandLine(statement.arguments(), !statement.json())
        : new CommandLine(List.of(String.join(" ", statement.arguments())), true);
  }

  static DockerfileException atLeastOne(Statement statement) {
    return error(statement, name(statement) + " requires at least one argument");
  }

  static DockerfileException error(Statement statement, String reason) {
    return new DockerfileException(statement.position(), reason);
  }

  private static String name(Statement statement) {
    return statement.keyword().toUpperCase(Locale.ROOT);
  }

  private static Statement withoutFlags(Statement statement) {
    Flags.none(statement);
    return statement;
  }

  private static String singleArgument(Statement statement) {
    var argument = exactlyOneArgument(statement);
    Flags.none(statement);
    return argument;
  }

  /** BuildKit ignores all flags of ARG and STOPSIGNAL. */
  private static String exactlyOneArgument(Statement statement) {
    if (statement.arguments().size() != 1) {
      throw error(statement, name(statement) + " requires exactly one argument");
    }
    return statement.arguments().getFirst();
  }

  private static List<String> arguments(Statement statement) {
    if (statement.arguments().isEmpty()) {
      throw atLeastOne(statement);
    }
    return withoutFlags(statement).arguments();
  }

  private static List<KeyValue> pairs(Statement statement) {
    var words = arguments(statement);
    var pairs = new ArrayList<KeyValue>();
    for (int i = 0; i < words.size(); i += 3) {
      if (words.get(i).isEmpty()) {
        throw blankName(statement);
      }
      pairs.add(new KeyValue(words.get(i), words.get(i + 1), words.get(i + 2).isEmpty()));
    }
    return pairs;
  }

  private static DockerfileException blankName(Statement statement) {
    return error(statement, name(statement) + " names can not be blank");
  }

  private static Arg arg(Statement statement) {
    var declarations = new ArrayList<Arg.Declaration>();
    if (statement.arguments().isEmpty()) {
      throw atLeastOne(statement);
    }
    for (var word : statement.arguments()) {
      int equals = word.indexOf('=');
      if (equals == 0) {
        throw blankName(statement);
      }
      declarations.add(
          equals < 0
              ? new Arg.Declaration(word, Optional.empty())
              : new Arg.Declaration(
                  word.substring(0, equals), Optional.of(word.substring(equals + 1))));
    }
    return new Arg(statement, declarations);
  }

  private static Expose expose(Statement statement) {
    return new Expose(statement, arguments(statement).stream().sorted().toList());
  }

  private static Volume volume(Statement statement) {
    var paths = arguments(statement).stream().map(GoText::trim).toList();
    if (paths.contains("")) {
      throw error(statement, "VOLUME specified can not be an empty string");
    }
    return new Volume(statement, paths);
  }

  private static Shell shell(Statement statement) {
    var words = arguments(statement);
    if (!statement.json()) {
      throw error(
          statement,
          "SHELL requires the arguments to be in JSON form" + suggestion(words.getFirst()));
    }
    return new Shell(statement, words);
  }

  private static String suggestion(String text) {
    return text.contains("'") ? " (JSON strings are in double quotes)" : "";
  }

  private static OnBuild onBuild(Statement statement) {
    arguments(statement);
    var trigger = statement.trigger().map(Statement::keyword).orElse("").toUpperCase(Locale.ROOT);
    switch (trigger) {
      case "ONBUILD" ->
          throw error(statement, "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
      case "MAINTAINER", "FROM" ->
          throw error(statement, trigger + " isn't allowed as an ONBUILD trigger");
      default -> {}
    }
    var expression = new StringBuilder(ONBUILD.matcher(statement.line()).replaceFirst(""));
    for (var heredoc : statement.heredocs()) {
      expression.append('\n').append(heredoc.content()).append(heredoc.name());
    }
    return new OnBuild(statement, expression.toString());
  }
}
