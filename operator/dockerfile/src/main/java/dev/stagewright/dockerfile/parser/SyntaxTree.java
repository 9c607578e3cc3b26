package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.Dockerfile.Directive;
import dev.stagewright.dockerfile.instruction.Statement;
import java.util.List;

/**
 * A Dockerfile read line by line, its instructions not yet checked.
 *
 * @param directives those at its top
 * @param escape the escape token
 * @param statements at least one; keywords may be unknown
 * @param emptyContinuations last lines of the instructions with a blank line within a continuation
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
