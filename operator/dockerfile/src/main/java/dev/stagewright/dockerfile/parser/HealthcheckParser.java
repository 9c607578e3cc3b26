package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.instruction.Healthcheck;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.parser.Flags.Kind;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parses HEALTHCHECK. */
final class HealthcheckParser {
  private static final Map<String, Kind> FLAGS =
      Map.of(
          "interval", Kind.VALUE,
          "timeout", Kind.VALUE,
          "start-period", Kind.VALUE,
          "start-interval", Kind.VALUE,
          "retries", Kind.VALUE);

  private HealthcheckParser() {}

  static Healthcheck parse(Statement statement) {
    var words = statement.arguments();
    if (words.isEmpty()) {
      throw InstructionParser.atLeastOne(statement);
    }
    var type = words.getFirst().toUpperCase(Locale.ROOT);
    var command = words.subList(1, words.size());
    if (type.equals("NONE")) {
      if (!command.isEmpty()) {
        throw InstructionParser.error(statement, "HEALTHCHECK NONE takes no arguments");
      }
      var zero = Duration.ZERO;
      return new Healthcheck(statement, List.of("NONE"), zero, zero, zero, zero, 0);
    }
    var flags = Flags.of(statement, FLAGS);
    return new Healthcheck(
        statement,
        test(statement, type, command),
        duration(statement, flags, "interval"),
        duration(statement, flags, "timeout"),
        duration(statement, flags, "start-period"),
        duration(statement, flags, "start-interval"),
        retries(statement, flags));
  }

  private static List<String> test(Statement statement, String type, List<String> command) {
    if (!type.equals("CMD")) {
      throw InstructionParser.error(
          statement, "Unknown type " + GoText.quote(type) + " in HEALTHCHECK (try CMD)");
    }
    if (command.isEmpty()) {
      throw InstructionParser.error(statement, "Missing command after HEALTHCHECK CMD");
    }
    var test = new ArrayList<String>();
    test.add(statement.json() ? "CMD" : "CMD-SHELL");
    test.addAll(command);
    return test;
  }

  private static Duration duration(Statement statement, Flags flags, String name) {
    var text = flags.value(name).orElse("0");
    var duration =
        GoDurationParser.parse(text)
            .orElseThrow(() -> error(statement, text, GoDurationParser.invalid(text)));
    if (!duration.isZero() && duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw error(statement, text, "Interval " + GoText.quote(name) + " cannot be less than 1ms");
    }
    return duration;
  }

  private static int retries(Statement statement, Flags flags) {
    var text = flags.value("retries").orElse("0");
    int retries;
    try {
      retries = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw error(
          statement, text, "strconv.ParseInt: parsing " + GoText.quote(text) + ": invalid syntax");
    }
    if (retries < 0) {
      throw error(statement, text, "--retries cannot be negative (" + retries + ")");
    }
    return retries;
  }

  private static DockerfileException error(Statement statement, String offending, String reason) {
    return new DockerfileException(statement.locate(offending), reason, offending);
  }
}
