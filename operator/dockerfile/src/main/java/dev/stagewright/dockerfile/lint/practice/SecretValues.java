package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Checks for secrets in plain text. */
public final class SecretValues implements LintCheck {
  private static final Rule RULE =
      Rule.practice(
          "SecretInPlainText",
          Severity.WARNING,
          "Everybody who can pull the image can read the secret, also in the history",
          "Revoke the secret, and mount its replacement: RUN --mount=type=secret,id=…");
  private static final Pattern SECRET =
      Pattern.compile(
          "AKIA[0-9A-Z]{16}"
              + "|gh[pousr]_[A-Za-z0-9]{36}"
              + "|glpat-[A-Za-z0-9_-]{20}"
              + "|xox[abprs]-[A-Za-z0-9-]{10}"
              + "|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"
              + "|https?://[^/\\s:@$]{1,64}:[^/\\s:@$]{3,128}@");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (Instruction instruction : context.parsedInstructions()) {
      var statement = instruction.statement();
      boolean inDocument =
          statement.heredocs().stream().anyMatch(h -> SECRET.matcher(h.content()).find());
      if (inDocument || SECRET.matcher(statement.line()).find()) {
        // The message must not contain the secret.
        findings.add(
            RULE, instruction, instruction.keyword() + " contains text that looks like a secret");
      }
    }
  }
}
