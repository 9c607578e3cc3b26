package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.instruction.Heredoc;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The first step of parsing: reads directives, logical lines, flags, words and heredocs. */
public final class SyntaxParser {
  private static final Set<String> TAKE_HEREDOCS = Set.of("add", "copy", "run");

  private final LineReader lines;
  private final DirectiveScanner directives = new DirectiveScanner();

  private SyntaxParser(String text) {
    this.lines = new LineReader(text);
  }

  /**
   * Parses a Dockerfile to untyped instructions.
   *
   * @throws DockerfileException if the Dockerfile has no instructions, or an instruction has
   *     invalid syntax
   */
  public static SyntaxTree parse(String text) {
    return new SyntaxParser(text).parse();
  }

  private SyntaxTree parse() {
    var reader = new LogicalLineReader(lines, directives);
    var statements = new ArrayList<Statement>();
    var emptyContinuations = new ArrayList<Integer>();
    for (var line = reader.next(); line.isPresent(); line = reader.next()) {
      if (line.get().emptyContinuation()) {
        emptyContinuations.add(line.get().endLine());
      }
      var statement = new StatementParser(directives.escape(), line.get()).parse();
      statements.add(withHeredocs(statement));
    }
    if (statements.isEmpty()) {
      throw new DockerfileException(
          new Position(Math.max(1, lines.number()), 1), "file with no instructions");
    }
    return new SyntaxTree(directives.found(), directives.escape(), statements, emptyContinuations);
  }

  private Statement withHeredocs(Statement statement) {
    if (!canHaveHeredocs(statement.trigger().orElse(statement))) {
      return statement;
    }
    var words = HeredocWords.of(statement.line());
    if (words.isEmpty()) {
      return statement;
    }
    var heredocs = words.stream().map(word -> read(word, statement)).toList();
    return withHeredocs(statement, heredocs);
  }

  private static boolean canHaveHeredocs(Statement statement) {
    return !statement.json()
        && TAKE_HEREDOCS.contains(statement.keyword().toLowerCase(Locale.ROOT));
  }

  private Heredoc read(Heredoc word, Statement statement) {
    int start = lines.following();
    while (lines.next()) {
      var line = lines.line();
      if ((word.chomp() ? withoutLeadingTabs(line) : line).equals(word.name())) {
        return word.withContent(lines.slice(start, lines.start()));
      }
    }
    throw new DockerfileException(
        statement.locate("<<"), "unterminated heredoc", "<<" + word.name());
  }

  private static String withoutLeadingTabs(String line) {
    int start = 0;
    while (start < line.length() && line.charAt(start) == '\t') {
      start++;
    }
    return line.substring(start);
  }

  private Statement withHeredocs(Statement statement, List<Heredoc> heredocs) {
    return new Statement(
        statement.keyword(),
        statement.flags(),
        statement.arguments(),
        statement.json(),
        heredocs,
        statement.line(),
        statement.source(),
        statement.position(),
        lines.number(),
        statement.comments(),
        statement.trigger());
  }
}
