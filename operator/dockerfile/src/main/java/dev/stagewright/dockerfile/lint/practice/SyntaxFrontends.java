package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.Dockerfile.Directive;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks {@code # syntax=} lines, and the build argument that replaces them, for other frontends.
 */
public final class SyntaxFrontends implements LintCheck {
  private static final String OVERRIDE = "BUILDKIT_SYNTAX";
  private static final Pattern OWN =
      Pattern.compile("((index\\.)?docker\\.io/)?docker/dockerfile(:[^/]*)?(@.*)?");
  private static final Rule RULE =
      Rule.practice(
          "UnsupportedSyntax",
          Severity.WARNING,
          "Frontends are not loaded: every file is parsed like docker/dockerfile",
          "Use docker/dockerfile:1, or remove the line.");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    var argument = context.request().options().buildArgs().get(OVERRIDE);
    if (argument != null) {
      check(argument, 1, findings);
    } else {
      context
          .dockerfile()
          .directive("syntax")
          .ifPresent((Directive syntax) -> check(syntax.value(), syntax.line(), findings));
    }
  }

  /** Checks a value: the name of the frontend, optionally followed by options. */
  private static void check(String value, int line, Findings findings) {
    var name = value.strip().split("\\s", 2)[0];
    if (!name.isEmpty() && !OWN.matcher(name).matches()) {
      findings.add(
          RULE,
          new Position(line, 1),
          "The frontend "
              + GoText.quote(name)
              + " is not loaded; the file is parsed like docker/dockerfile");
    }
  }
}
