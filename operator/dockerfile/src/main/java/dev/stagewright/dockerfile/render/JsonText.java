package dev.stagewright.dockerfile.render;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Writes maps, collections, strings, numbers and booleans as JSON, indented by two spaces. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  static String of(Object value) {
    var text = new JsonText();
    text.write(value, 0);
    return text.out.append('\n').toString();
  }

  private void write(Object value, int level) {
    switch (value) {
      case Map<?, ?> map -> writeMap(map, level);
      case Collection<?> items -> writeItems(items, level);
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> writeString(value.toString());
    }
  }

  private void writeMap(Map<?, ?> map, int level) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      newLine(level + 1);
      writeString(String.valueOf(entry.getKey()));
      out.append(": ");
      write(entry.getValue(), level + 1);
      out.append(entries.hasNext() ? "," : "");
    }
    if (!map.isEmpty()) {
      newLine(level);
    }
    out.append('}');
  }

  private void writeItems(Collection<?> items, int level) {
    out.append('[');
    var iterator = items.iterator();
    while (iterator.hasNext()) {
      newLine(level + 1);
      write(iterator.next(), level + 1);
      out.append(iterator.hasNext() ? "," : "");
    }
    if (!items.isEmpty()) {
      newLine(level);
    }
    out.append(']');
  }

  private void newLine(int level) {
    out.append('\n').append("  ".repeat(level));
  }

  private void writeString(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
