package dev.stagewright.analysis.content;

import java.util.HashMap;
import java.util.Map;

/** Keeps one copy of equal strings, because names of libraries occur in thousands of files. */
public final class StringPool {
  private static final int LIMIT = 50_000;

  private final Map<String, String> strings = new HashMap<>();

  /** Returns the first string that was equal. */
  public String unique(String text) {
    var known = strings.get(text);
    if (known != null) {
      return known;
    }
    if (strings.size() < LIMIT) {
      strings.put(text, text);
    }
    return text;
  }
}
