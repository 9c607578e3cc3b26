package dev.stagewright.dockerfile.parser;

/** Decodes the cells of case files, where placeholders replace some characters. */
public final class Cells {
  private Cells() {}

  /** The text of a cell. */
  public static String text(String cell) {
    return cell == null || cell.equals("∅")
        ? ""
        : cell.replace('⏎', '\n').replace('→', '\t').replace('␣', ' ').replace('␍', '\r');
  }
}
