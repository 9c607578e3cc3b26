package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.source.GoText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the names of stages: case, duplicates, reserved words, and the case of AS. */
public final class StageNames implements LintCheck {
  private static final Rule CASING =
      Rule.buildKit(
          "StageNameCasing",
          "Stage names should be lowercase",
          "Write the name after AS in lowercase.");
  private static final Rule AS_CASING =
      Rule.buildKit(
          "FromAsCasing",
          "The 'as' keyword should match the case of the 'from' keyword",
          "Write FROM and AS both in uppercase or both in lowercase.");
  private static final Rule DUPLICATE =
      Rule.buildKit(
          "DuplicateStageName", "Stage names should be unique", "Give each stage a unique name.");
  private static final Rule RESERVED =
      Rule.buildKit(
          "ReservedStageName",
          "Reserved words should not be used as stage names",
          "Use another name than scratch or context.");
  private static final Set<String> RESERVED_NAMES = Set.of("scratch", "context");

  @Override
  public List<Rule> rules() {
    return List.of(CASING, AS_CASING, DUPLICATE, RESERVED);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    var seen = new HashSet<String>();
    for (var stage : context.dockerfile().stages()) {
      var from = stage.from();
      from.name()
          .ifPresent(name -> {
            checkCasing(from, name, findings);
            if (context.complete()) {
              checkName(from, name, seen, findings);
            }
          });
    }
  }

  private static void checkCasing(From from, String name, Findings findings) {
    var words = from.statement().arguments();
    var written = words.get(2);
    if (!written.equals(name)) {
      findings.add(CASING, from, "Stage name '" + written + "' should be lowercase");
    }
    var as = words.get(1);
    var keyword = from.statement().keyword();
    if (!matches(keyword, as)) {
      findings.add(
          AS_CASING, from, "'" + as + "' and '" + keyword + "' keywords' casing do not match");
    }
  }

  private static void checkName(From from, String name, Set<String> seen, Findings findings) {
    if (RESERVED_NAMES.contains(name)) {
      findings.add(
          RESERVED,
          from,
          "Stage name should not use the same name as reserved stage " + GoText.quote(name));
    }
    if (!seen.add(name)) {
      findings.add(
          DUPLICATE,
          from,
          "Duplicate stage name " + GoText.quote(name) + ", stage names should be unique");
    }
  }

  /** A FROM in mixed case is reported by another rule. */
  private static boolean matches(String from, String as) {
    if (from.equals(from.toLowerCase(Locale.ROOT))) {
      return as.equals(as.toLowerCase(Locale.ROOT));
    }
    return !from.equals(from.toUpperCase(Locale.ROOT)) || as.equals(as.toUpperCase(Locale.ROOT));
  }
}
