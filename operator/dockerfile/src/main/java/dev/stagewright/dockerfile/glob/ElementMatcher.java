package dev.stagewright.dockerfile.glob;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Matches a pattern by tracking all alternatives at the same time: the positions that each element
 * can reach.
 */
final class ElementMatcher {
  private final List<PatternElement> elements;

  ElementMatcher(List<PatternElement> elements) {
    this.elements = List.copyOf(elements);
  }

  boolean matches(String name) {
    var text = name.codePoints().toArray();
    var ends = new BitSet(text.length + 1);
    ends.set(0);
    for (var element : elements) {
      ends = advance(ends, element, text);
      if (ends.isEmpty()) {
        return false;
      }
    }
    return ends.get(text.length);
  }

  private static BitSet advance(BitSet ends, PatternElement element, int[] text) {
    return switch (element) {
      case PatternElement.Literal(int c) -> one(ends, text, at -> text[at] == c);
      case PatternElement.AnyOne _ -> one(ends, text, at -> text[at] != '/');
      case PatternElement.OneOf(var characters) ->
          one(ends, text, at -> characters.contains(text[at]));
      case PatternElement.AnyRun _ -> run(ends, text);
      case PatternElement.Anything _ -> {
        var next = new BitSet();
        next.set(ends.nextSetBit(0), text.length + 1);
        yield next;
      }
      case PatternElement.AnyFolders _ -> folders(ends, text);
    };
  }

  private static BitSet one(BitSet ends, int[] text, IntPredicate matches) {
    var next = new BitSet();
    for (int i = ends.nextSetBit(0); i >= 0 && i < text.length; i = ends.nextSetBit(i + 1)) {
      if (matches.test(i)) {
        next.set(i + 1);
      }
    }
    return next;
  }

  private static BitSet run(BitSet ends, int[] text) {
    var next = new BitSet();
    for (int i = ends.nextSetBit(0); i >= 0; i = ends.nextSetBit(i + 1)) {
      int stop = i;
      while (stop < text.length && text[stop] != '/') {
        stop++;
      }
      next.set(i, stop + 1);
      i = stop;
    }
    return next;
  }

  private static BitSet folders(BitSet ends, int[] text) {
    var next = (BitSet) ends.clone();
    for (int i = ends.nextSetBit(0); i < text.length; i++) {
      if (text[i] == '/') {
        next.set(i + 1);
      }
    }
    return next;
  }
}
