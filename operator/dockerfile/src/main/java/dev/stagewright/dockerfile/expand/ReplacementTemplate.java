package dev.stagewright.dockerfile.expand;

/**
 * A replacement with the syntax of Go's {@code Regexp.ReplaceAllString}: {@code $0} is the match,
 * other references are empty (there are no groups), and {@code $$} is a dollar sign.
 */
final class ReplacementTemplate {
  private final String template;

  ReplacementTemplate(String template) {
    this.template = template;
  }

  void appendTo(StringBuilder result, String match) {
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      result.append(template, at, dollar);
      at = reference(result, dollar + 1, match);
    }
    result.append(template, Math.min(at, template.length()), template.length());
  }

  /** Appends the value of a reference and returns the index after the reference. */
  private int reference(StringBuilder result, int at, String match) {
    if (template.startsWith("$", at)) {
      result.append('$');
      return at + 1;
    }
    boolean braced = template.startsWith("{", at);
    int start = braced ? at + 1 : at;
    int end = start;
    while (end < template.length()
        && (Character.isLetterOrDigit(template.charAt(end)) || template.charAt(end) == '_')) {
      end++;
    }
    if (end == start || (braced && !template.startsWith("}", end))) {
      result.append('$');
      return at;
    }
    if (template.substring(start, end).equals("0")) {
      result.append(match);
    }
    return braced ? end + 1 : end;
  }
}
