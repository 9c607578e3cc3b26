package dev.stagewright.dockerfile.render;

import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.parser.SyntaxTree;
import dev.stagewright.dockerfile.source.GoText;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a syntax tree in the format of BuildKit's parser. */
public final class SyntaxDump {
  private SyntaxDump() {}

  /** One line for each instruction: {@code (copy ["--from=a"] "x" "y")}. */
  public static String of(SyntaxTree syntax) {
    return syntax.statements().stream()
        .map(statement -> "(" + dump(statement) + ")")
        .collect(Collectors.joining("\n"));
  }

  private static String dump(Statement statement) {
    var line = new StringBuilder(statement.keyword().toLowerCase(Locale.ROOT));
    if (!statement.flags().isEmpty()) {
      line.append(' ').append(GoText.quote(statement.flags()));
    }
    if (statement.trigger().isPresent()) {
      return line.append(" (").append(dump(statement.trigger().get())).append(')').toString();
    }
    statement.arguments().forEach(word -> line.append(' ').append(GoText.quote(word)));
    return line.toString();
  }
}
