package dev.stagewright.dockerfile.render;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.instruction.Heredoc;
import dev.stagewright.dockerfile.instruction.Statement;
import java.util.Locale;
import java.util.Map;

/** Renders a parsed Dockerfile as JSON. */
public final class ParseRenderer {
  private ParseRenderer() {}

  /** The directives, and all instructions with flags, arguments, heredocs, form and positions. */
  public static String json(Dockerfile dockerfile) {
    return JsonText.of(
        new JsonFields()
            .with(
                "directives",
                dockerfile.directives().stream()
                    .map(directive ->
                        new JsonFields()
                            .with("name", directive.name())
                            .with("value", directive.value())
                            .with("line", directive.line())
                            .map())
                    .toList())
            .with("escape", String.valueOf(dockerfile.escape()))
            .with(
                "instructions",
                dockerfile.statements().stream().map(ParseRenderer::instruction).toList())
            .map());
  }

  private static Map<String, Object> instruction(Statement statement) {
    var position = statement.position();
    return new JsonFields()
        .with("instruction", statement.keyword().toUpperCase(Locale.ROOT))
        .with("keyword", statement.keyword())
        .with("line", position.line())
        .with("column", position.column())
        .with("endLine", statement.endLine())
        .with("flags", statement.flags())
        .with("arguments", statement.arguments())
        .with("form", form(statement))
        .withAny("heredocs", statement.heredocs().stream().map(ParseRenderer::heredoc).toList())
        .withAny("comments", statement.comments())
        .withAny("trigger", statement.trigger().map(ParseRenderer::instruction))
        .with("original", statement.line())
        .map();
  }

  private static String form(Statement statement) {
    if (statement.json()) {
      return "json";
    }
    return switch (statement.keyword().toUpperCase(Locale.ROOT)) {
      case "RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK" -> "shell";
      default -> "words";
    };
  }

  private static Map<String, Object> heredoc(Heredoc heredoc) {
    return new JsonFields()
        .with("name", heredoc.name())
        .with("fileDescriptor", heredoc.fileDescriptor())
        .with("expand", heredoc.expand())
        .with("chomp", heredoc.chomp())
        .with("content", heredoc.content())
        .map();
  }
}
