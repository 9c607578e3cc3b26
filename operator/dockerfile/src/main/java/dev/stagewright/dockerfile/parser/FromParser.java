package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.parser.Flags.Kind;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses FROM. */
final class FromParser {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-_.]*");
  private static final Map<String, Kind> FLAGS = Map.of("platform", Kind.VALUE);

  private FromParser() {}

  static From parse(Statement statement) {
    var name = name(statement);
    var flags = Flags.of(statement, FLAGS);
    return new From(statement, statement.arguments().getFirst(), name, flags.value("platform"));
  }

  private static Optional<String> name(Statement statement) {
    var words = statement.arguments();
    if (words.size() == 1) {
      return Optional.empty();
    }
    if (words.size() != 3 || !words.get(1).equalsIgnoreCase("as")) {
      throw InstructionParser.error(statement, "FROM requires either one or three arguments");
    }
    var name = words.get(2).toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw new DockerfileException(
          statement.locate(words.get(2)),
          "invalid name for build stage: "
              + GoText.quote(words.get(2))
              + ", name can't start with a number or contain symbols",
          words.get(2));
    }
    return Optional.of(name);
  }
}
