package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.lint.practice.ShellScript.Command;
import java.util.ArrayList;
import java.util.List;

/** Splits a shell script into commands. */
final class ShellScanner {
  private final String text;
  private final List<Command> commands = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  ShellScanner(String text) {
    this.text = text;
  }

  List<Command> commands() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '\'', '"' -> quoted(c);
        case '\\' -> escaped();
        case ' ', '\t', '\r' -> endWord();
        case '\n', ';', '(', ')', '&', '|', '`' -> operator(c);
        case '#' -> comment();
        default -> add(c);
      }
    }
    endCommand("");
    return commands;
  }

  private void add(char c) {
    word.append(c);
    inWord = true;
  }

  private void quoted(char quote) {
    inWord = true;
    while (at < text.length() && text.charAt(at) != quote) {
      if (quote == '"' && text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      word.append(text.charAt(at++));
    }
    at++;
  }

  private void escaped() {
    if (at < text.length() && text.charAt(at++) != '\n') {
      add(text.charAt(at - 1));
    }
  }

  private void comment() {
    if (inWord) {
      add('#');
      return;
    }
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  /** {@code 2>&1} and {@code &>file} redirect; they do not end a command. */
  private void operator(char c) {
    if (c == '&' && (word.toString().endsWith(">") || text.startsWith(">", at))) {
      add(c);
      return;
    }
    boolean doubled = (c == '&' || c == '|') && at < text.length() && text.charAt(at) == c;
    at += doubled ? 1 : 0;
    endCommand(doubled ? "" + c + c : String.valueOf(c));
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void endCommand(String operator) {
    endWord();
    if (!words.isEmpty()) {
      commands.add(new Command(words, operator));
      words.clear();
    }
  }
}
