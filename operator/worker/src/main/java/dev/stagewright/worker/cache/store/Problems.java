package dev.stagewright.worker.cache.store;

import dev.stagewright.protocol.PrintableText;
import dev.stagewright.worker.Log;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What prevents records from being read or written. The log has one line for each kind of problem:
 * after a change of the format, every record has the same. Thread-safe.
 */
final class Problems {
  private static final int LONGEST = 1000;

  private final Log log;
  private final Map<Kind, String> reported = new LinkedHashMap<>();

  /** The kinds of problems. */
  enum Kind {
    /** The repository cannot be read. */
    UNREADABLE,
    /** The repository cannot be written. */
    READ_ONLY,
    /** A record is malformed, of another version, or differs from its digest. */
    INVALID,
    /** A record is too old. */
    EXPIRED,
    /** A record cannot be replaced. */
    IMMUTABLE
  }

  Problems(Log log) {
    this.log = log;
  }

  /** Reports a problem, if none of this kind was reported before. */
  void report(Kind kind, String problem) {
    var text = PrintableText.line(problem, LONGEST);
    synchronized (reported) {
      if (reported.putIfAbsent(kind, text) != null) {
        return;
      }
    }
    log.print("cache: " + text);
  }

  /** The problems that make the cache useless in this build. */
  List<String> serious() {
    synchronized (reported) {
      return reported.entrySet().stream()
          .filter(entry -> entry.getKey() == Kind.UNREADABLE || entry.getKey() == Kind.READ_ONLY)
          .map(Map.Entry::getValue)
          .toList();
    }
  }
}
