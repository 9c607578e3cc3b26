package dev.stagewright.dockerfile.mount;

import java.util.ArrayList;
import java.util.List;

/** A line of comma-separated values, with the rules of Go's {@code encoding/csv}. */
final class CsvRecord {
  private CsvRecord() {}

  static List<String> parse(String text) {
    var fields = new ArrayList<String>();
    var field = new StringBuilder();
    int at = 0;
    while (true) {
      at =
          at < text.length() && text.charAt(at) == '"'
              ? quoted(text, at + 1, field)
              : plain(text, at, field);
      fields.add(field.toString());
      field.setLength(0);
      if (at >= text.length()) {
        return fields;
      }
      at++;
    }
  }

  private static int plain(String text, int start, StringBuilder field) {
    int end = text.indexOf(',', start);
    end = end < 0 ? text.length() : end;
    int quote = text.indexOf('"', start);
    if (quote >= 0 && quote < end) {
      throw broken(quote, "bare \" in non-quoted field");
    }
    field.append(text, start, end);
    return end;
  }

  private static int quoted(String text, int start, StringBuilder field) {
    int at = start;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw broken(text.length(), "extraneous or missing \" in quoted-field");
      }
      field.append(text, at, quote);
      if (text.startsWith("\"", quote + 1)) {
        field.append('"');
        at = quote + 2;
      } else if (quote + 1 == text.length() || text.charAt(quote + 1) == ',') {
        return quote + 1;
      } else {
        throw broken(quote, "extraneous or missing \" in quoted-field");
      }
    }
  }

  private static MountSyntaxException broken(int index, String reason) {
    return new MountSyntaxException(
        "failed to parse csv mounts: parse error on line 1, column " + (index + 1) + ": " + reason);
  }
}
