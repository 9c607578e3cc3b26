package dev.stagewright.cache.miss;

import dev.stagewright.protocol.PrintableText;
import java.util.List;

/** Puts text of users into a clause of limited length. */
final class Phrase {
  /** Largest size of a clause in bytes. It is part of a status and of a log line. */
  private static final int CLAUSE = 400;

  private static final int INSTRUCTION = 120;
  private static final int VALUE = 60;
  private static final int PATH = 120;

  /** The number of differences that a clause names. */
  private static final int NAMED = 3;

  private Phrase() {}

  static String clause(String text) {
    return PrintableText.line(text, CLAUSE);
  }

  static String instruction(String text) {
    return PrintableText.line(text, INSTRUCTION);
  }

  static String path(String text) {
    return PrintableText.line(text, PATH);
  }

  static String value(String text) {
    return text.isBlank()
        ? "\"" + PrintableText.line(text, VALUE) + "\""
        : PrintableText.line(text, VALUE);
  }

  /** The first elements, and how many more there are. */
  static String enumeration(List<String> elements) {
    var named = String.join(", ", elements.subList(0, Math.min(NAMED, elements.size())));
    var more = elements.size() - NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }
}
