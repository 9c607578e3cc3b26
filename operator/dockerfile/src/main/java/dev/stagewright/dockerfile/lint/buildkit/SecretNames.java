package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.instruction.Arg;
import dev.stagewright.dockerfile.instruction.Env;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.source.GoText;
import java.util.List;
import java.util.regex.Pattern;

/** Checks ARG and ENV for names that suggest a secret. */
public final class SecretNames implements LintCheck {
  private static final Rule RULE =
      Rule.buildKit(
          "SecretsUsedInArgOrEnv",
          "Sensitive data should not be used in the ARG or ENV commands",
          "Mount the secret: RUN --mount=type=secret,id=…");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)");
  private static final Pattern HARMLESS =
      Pattern.compile("(?i)(?:_|^)(?:public|file|version)(?:_|$)");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (var stage : context.stagesWithTriggers()) {
      for (var instruction : stage.instructions()) {
        names(instruction).stream()
            .filter(name -> SECRET.matcher(name).find() && !HARMLESS.matcher(name).find())
            .forEach(name ->
                findings.add(
                    RULE,
                    instruction,
                    name,
                    "Do not use ARG or ENV instructions for sensitive data ("
                        + instruction.keyword()
                        + " "
                        + GoText.quote(name)
                        + ")"));
      }
    }
  }

  private static List<String> names(Instruction instruction) {
    return switch (instruction) {
      case Arg arg -> arg.declarations().stream().map(Arg.Declaration::name).toList();
      case Env env -> env.pairs().stream().map(pair -> pair.key()).toList();
      default -> List.of();
    };
  }
}
