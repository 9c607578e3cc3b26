package dev.stagewright.dockerfile.expand;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A pattern of {@code ${v#p}} and similar forms: {@code *} and {@code ?} match all characters
 * except line ends, the backslash escapes, and brackets have no special meaning. Matching tracks
 * all alternatives at the same time, so the cost is at most the product of the two lengths.
 */
final class ShellPattern {
  private static final int ANY = -1;
  private static final int STAR = -2;
  private static final int NONE = -1;
  private static final long MOST_STEPS = 50_000_000;

  private final int[] elements;
  private long steps;

  private ShellPattern(int[] elements) {
    this.elements = elements;
  }

  static ShellPattern parse(String pattern) {
    var in = pattern.codePoints().toArray();
    var elements = new int[in.length];
    int count = 0;
    for (int i = 0; i < in.length; i++) {
      int c = in[i];
      if (c == '\\') {
        c = ++i < in.length ? in[i] : 0xFFFD;
        if ("}/*?\\".indexOf(c) < 0) {
          var reason = "invalid escape '\\" + Character.toString(c) + "'";
          throw new SubstitutionException(
              "invalid pattern (" + pattern + ") in substitution: " + reason);
        }
        elements[count++] = c;
      } else {
        elements[count++] = c == '*' ? STAR : c == '?' ? ANY : c;
      }
    }
    return new ShellPattern(Arrays.copyOf(elements, count));
  }

  String withoutPrefix(String value, boolean longest) {
    var text = value.codePoints().toArray();
    int end = end(text, 0, longest);
    return end == NONE ? value : new String(text, end, text.length - end);
  }

  /** The shortest suffix is the shortest prefix of the reversed pattern in the reversed text. */
  String withoutSuffix(String value, boolean longest) {
    var reversed = new ShellPattern(reversed(elements));
    var rest = reversed.withoutPrefix(reversed(value), longest);
    return reversed(rest);
  }

  String replaceFirst(String value, String replacement) {
    var text = value.codePoints().toArray();
    for (int start = 0; start <= text.length; start++) {
      int end = end(text, start, true);
      if (end != NONE) {
        return new String(text, 0, start) + replacement + new String(text, end, text.length - end);
      }
    }
    return value;
  }

  /**
   * Replaces matches like Go's {@code Regexp.ReplaceAllString}, including references in the
   * replacement.
   */
  String replaceAll(String value, String replacement) {
    var text = value.codePoints().toArray();
    var template = new ReplacementTemplate(replacement);
    var result = new StringBuilder();
    int copied = 0;
    for (int start = 0; start <= text.length; ) {
      int end = end(text, start, true);
      if (end == NONE) {
        start++;
        continue;
      }
      result.append(new String(text, copied, start - copied));
      if (end > copied || start == 0) {
        template.appendTo(result, new String(text, start, end - start));
      }
      copied = end;
      start = Math.max(end, start + 1);
    }
    return result.append(new String(text, copied, text.length - copied)).toString();
  }

  /** The end of the shortest or longest match that begins at {@code start}, or NONE. */
  private int end(int[] text, int start, boolean farthest) {
    var ends = new BitSet();
    ends.set(start);
    for (int element : elements) {
      ends = advance(ends, element, text);
      if (ends.isEmpty()) {
        return NONE;
      }
    }
    return farthest ? ends.length() - 1 : ends.nextSetBit(0);
  }

  private BitSet advance(BitSet ends, int element, int[] text) {
    var next = new BitSet();
    for (int i = ends.nextSetBit(0); i >= 0; i = ends.nextSetBit(i + 1)) {
      if (element == STAR) {
        int stop = i;
        while (stop < text.length && text[stop] != '\n') {
          stop++;
        }
        count(stop - i);
        next.set(i, stop + 1);
        i = stop;
      } else if (i < text.length && (element == ANY ? text[i] != '\n' : text[i] == element)) {
        next.set(i + 1);
      }
      count(1);
    }
    return next;
  }

  private void count(int more) {
    steps += more;
    if (steps > MOST_STEPS) {
      throw new SubstitutionException("the pattern takes too long to match");
    }
  }

  private static String reversed(String text) {
    var reversed = reversed(text.codePoints().toArray());
    return new String(reversed, 0, reversed.length);
  }

  private static int[] reversed(int[] values) {
    var reversed = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[values.length - 1 - i] = values[i];
    }
    return reversed;
  }
}
