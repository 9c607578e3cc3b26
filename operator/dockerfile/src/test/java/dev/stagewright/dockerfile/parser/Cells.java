package dev.stagewright.dockerfile.parser;

/** Text in the cells of case files, where some characters cannot stand for themselves. */
public final class Cells {
  private Cells() {}

  /** What a cell stands for. */
  public static String text(String cell) {
    return cell == null || cell.equals("∅")
        ? ""
        : cell.replace('⏎', '\n').replace('→', '\t').replace('␣', ' ').replace('␍', '\r');
  }
}
