package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.Dockerfile.Directive;
import dev.stagewright.dockerfile.instruction.Statement;
import java.util.List;

/**
 * A Dockerfile as untyped instructions.
 *
 * @param directives the parser directives at the top
 * @param escape the escape character
 * @param statements at least one; the keywords can be unknown
 * @param emptyContinuations the last lines of instructions that contain a blank line in a
 *     continuation
 */
public record SyntaxTree(
    List<Directive> directives,
    char escape,
    List<Statement> statements,
    List<Integer> emptyContinuations) {
  /** Copies the lists. */
  public SyntaxTree {
    directives = List.copyOf(directives);
    statements = List.copyOf(statements);
    emptyContinuations = List.copyOf(emptyContinuations);
  }
}
