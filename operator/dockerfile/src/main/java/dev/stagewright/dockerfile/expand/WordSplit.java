package dev.stagewright.dockerfile.expand;

import dev.stagewright.dockerfile.source.GoText;
import java.util.ArrayList;
import java.util.List;

/** Collects an expanded word, and the words that it is split into at white space. */
final class WordSplit {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();

  void add(int c) {
    if (!GoText.isSpace(c)) {
      word.appendCodePoint(c);
    } else {
      end();
    }
  }

  void add(String text) {
    text.codePoints().forEach(this::add);
  }

  /** Adds text that is not split at white space. */
  void addWhole(String text) {
    word.append(text);
  }

  void addWhole(int c) {
    word.appendCodePoint(c);
  }

  List<String> words() {
    end();
    return words;
  }

  private void end() {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
