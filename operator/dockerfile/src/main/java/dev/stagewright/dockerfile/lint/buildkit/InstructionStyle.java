package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.instruction.Env;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.KeyValue;
import dev.stagewright.dockerfile.instruction.Label;
import dev.stagewright.dockerfile.instruction.Maintainer;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.source.Position;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Checks the style of instructions: case, blank lines in continuations, deprecated forms. */
public final class InstructionStyle implements LintCheck {
  private static final Rule EMPTY_CONTINUATION =
      Rule.buildKit(
          "NoEmptyContinuation",
          "Empty continuation lines will become errors in a future release",
          "Remove the blank line in the instruction.");
  private static final Rule CASING =
      Rule.buildKit(
          "ConsistentInstructionCasing",
          "All commands within the Dockerfile should use the same casing (either upper or lower)",
          "Write all instructions in uppercase.");
  private static final Rule MAINTAINER =
      Rule.buildKit(
          "MaintainerDeprecated",
          "The MAINTAINER instruction is deprecated, use a label instead to define an image author",
          "Use LABEL org.opencontainers.image.authors=… instead.");
  private static final Rule LEGACY =
      Rule.buildKit(
          "LegacyKeyValueFormat",
          "Legacy key/value format with whitespace separator should not be used",
          "Write an equals sign between name and value.");

  @Override
  public List<Rule> rules() {
    return List.of(EMPTY_CONTINUATION, CASING, MAINTAINER, LEGACY);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (int line : context.dockerfile().emptyContinuations()) {
      findings.add(EMPTY_CONTINUATION, new Position(line, 1), "Empty continuation line");
    }
    var instructions =
        context.dockerfile().stages().stream()
            .flatMap(stage -> Stream.concat(Stream.of(stage.from()), stage.instructions().stream()))
            .toList();
    if (context.complete()) {
      checkCasing(instructions, findings);
    }
    for (var instruction : instructions) {
      if (instruction instanceof Maintainer) {
        findings.add(
            MAINTAINER,
            instruction,
            "Maintainer instruction is deprecated in favor of using label");
      }
    }
    for (var stage : context.stagesWithTriggers()) {
      stage.instructions().forEach(instruction -> checkForm(instruction, findings));
    }
  }

  private static void checkForm(Instruction instruction, Findings findings) {
    switch (instruction) {
      case Env env -> checkPairs(env, env.pairs(), findings);
      case Label label -> checkPairs(label, label.pairs(), findings);
      default -> {}
    }
  }

  private static void checkCasing(List<Instruction> instructions, Findings findings) {
    long lower = instructions.stream().filter(i -> isLower(keyword(i))).count();
    long upper = instructions.stream().filter(i -> isUpper(keyword(i))).count();
    boolean mostlyLower = lower > upper;
    for (var instruction : instructions) {
      var keyword = keyword(instruction);
      if (mostlyLower ? !isLower(keyword) : !isUpper(keyword)) {
        findings.add(
            CASING,
            instruction,
            "Command '"
                + keyword
                + "' should match the case of the command majority ("
                + (mostlyLower ? "lowercase" : "uppercase")
                + ")");
      }
    }
  }

  private static void checkPairs(Instruction instruction, List<KeyValue> pairs, Findings findings) {
    var keyword = keyword(instruction);
    if (pairs.stream().anyMatch(KeyValue::legacy)) {
      findings.add(
          LEGACY,
          instruction,
          "\"%s key=value\" should be used instead of legacy \"%s key value\" format"
              .formatted(keyword, keyword));
    }
  }

  private static String keyword(Instruction instruction) {
    return instruction.statement().keyword();
  }

  private static boolean isLower(String keyword) {
    return keyword.equals(keyword.toLowerCase(Locale.ROOT));
  }

  private static boolean isUpper(String keyword) {
    return keyword.equals(keyword.toUpperCase(Locale.ROOT));
  }
}
