package dev.stagewright.layers.tar;

import java.util.Comparator;

/**
 * Orders raw paths by their bytes, with the slash before every other byte, so that a directory
 * immediately precedes its contents.
 */
final class PathOrder implements Comparator<String> {

  @Override
  public int compare(String a, String b) {
    var common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      var difference = rank(a.charAt(i)) - rank(b.charAt(i));
      if (difference != 0) {
        return difference;
      }
    }
    return a.length() - b.length();
  }

  private static int rank(char c) {
    return c == '/' ? 0 : c + 1;
  }
}
