package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.instruction.Add;
import dev.stagewright.dockerfile.instruction.Copy;
import dev.stagewright.dockerfile.instruction.Heredoc;
import dev.stagewright.dockerfile.instruction.SourcesAndDestination;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.parser.Flags.Kind;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;

/** Parses COPY and ADD. */
final class CopyParser {
  private static final Map<String, Kind> COPY_FLAGS =
      Map.of(
          "from", Kind.VALUE,
          "chown", Kind.VALUE,
          "chmod", Kind.VALUE,
          "link", Kind.SWITCH,
          "parents", Kind.SWITCH,
          "exclude", Kind.VALUES);
  private static final Map<String, Kind> ADD_FLAGS =
      Map.of(
          "chown", Kind.VALUE,
          "chmod", Kind.VALUE,
          "link", Kind.SWITCH,
          "exclude", Kind.VALUES,
          "keep-git-dir", Kind.SWITCH,
          "checksum", Kind.VALUE,
          "unpack", Kind.SWITCH);

  private CopyParser() {}

  static Copy copy(Statement statement) {
    checkCount(statement);
    var flags = Flags.of(statement, COPY_FLAGS);
    return new Copy(
        statement,
        files(statement),
        flags.value("from"),
        flags.value("chown"),
        flags.value("chmod"),
        flags.isOn("link"),
        flags.isOn("parents"),
        flags.all("exclude"));
  }

  static Add add(Statement statement) {
    checkCount(statement);
    var flags = Flags.of(statement, ADD_FLAGS);
    return new Add(
        statement,
        files(statement),
        flags.value("chown"),
        flags.value("chmod"),
        flags.isOn("link"),
        flags.all("exclude"),
        flags.booleanValue("keep-git-dir"),
        flags.value("checksum"),
        flags.booleanValue("unpack"));
  }

  private static void checkCount(Statement statement) {
    if (statement.arguments().size() < 2) {
      throw InstructionParser.error(
          statement,
          name(statement)
              + " requires at least two arguments, but only one was provided. Destination could"
              + " not be determined");
    }
  }

  private static SourcesAndDestination files(Statement statement) {
    var words = statement.arguments();
    var destination = words.getLast();
    if (HeredocWords.parse(destination).isPresent()) {
      throw new DockerfileException(
          statement.locate(destination),
          name(statement) + " cannot accept a heredoc as a destination",
          destination);
    }
    var paths = new ArrayList<String>();
    var documents = new ArrayList<Heredoc>();
    for (var source : words.subList(0, words.size() - 1)) {
      HeredocWords.parse(source)
          .ifPresentOrElse(
              word -> documents.add(documentOf(word, statement)), () -> paths.add(source));
    }
    return new SourcesAndDestination(paths, documents, destination);
  }

  /** As in BuildKit, the last heredoc with a name is used. */
  private static Heredoc documentOf(Heredoc word, Statement statement) {
    return statement.heredocs().reversed().stream()
        .filter(heredoc -> heredoc.name().equals(word.name()))
        .findFirst()
        .map(heredoc -> word.withContent(heredoc.content()))
        .orElse(word);
  }

  private static String name(Statement statement) {
    return statement.keyword().toUpperCase(Locale.ROOT);
  }
}
