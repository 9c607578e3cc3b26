package dev.stagewright.analysis.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * Finds several texts in one pass, with the algorithm of Wu and Manber: the two bytes under the end
 * of a window tell how far the window can move without missing a text, so most bytes are not looked
 * at. Immutable.
 */
public final class TextSearch {
  /** The shortest text that can be searched for. */
  public static final int SHORTEST = 3;

  private final byte[][] texts;
  private final int shortest;
  private final int longest;
  private final byte[] shifts = new byte[1 << 16];
  private final int[][] candidates = new int[1 << 16][];

  /** Receives where a text begins. */
  public interface Listener {
    /**
     * A text was found.
     *
     * @param index of the text in the list
     * @param at index of its first byte in the array
     */
    void found(int index, int at);
  }

  /**
   * Prepares a search.
   *
   * @param texts characters up to 255, each stands for a byte; at least {@link #SHORTEST} of them
   */
  public TextSearch(List<String> texts) {
    this.texts =
        texts.stream()
            .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
            .toArray(byte[][]::new);
    this.shortest = texts.stream().mapToInt(String::length).min().orElse(SHORTEST);
    this.longest = texts.stream().mapToInt(String::length).max().orElse(SHORTEST);
    if (shortest < SHORTEST) {
      throw new IllegalArgumentException("a text is too short to search for");
    }
    prepare();
  }

  private void prepare() {
    Arrays.fill(shifts, (byte) Math.min(shortest - 1, Byte.MAX_VALUE));
    var ends = new HashMap<Integer, List<Integer>>();
    for (var index = 0; index < texts.length; index++) {
      for (var end = 2; end <= shortest; end++) {
        var pair = pair(texts[index], end - 2);
        shifts[pair] = (byte) Math.min(shifts[pair], shortest - end);
      }
      ends.computeIfAbsent(pair(texts[index], shortest - 2), _ -> new ArrayList<>()).add(index);
    }
    Arrays.fill(candidates, new int[0]);
    ends.forEach((pair, indices) ->
        candidates[pair] = indices.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int pair(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }

  /** The length of the longest text. */
  public int longest() {
    return longest;
  }

  /** Reports all texts that begin and end between two indices of an array. */
  public void search(byte[] bytes, int from, int to, Listener listener) {
    var last = to - shortest;
    var at = from;
    while (at <= last) {
      var pair = pair(bytes, at + shortest - 2);
      var shift = shifts[pair];
      if (shift == 0) {
        compare(bytes, at, to, candidates[pair], listener);
        shift = 1;
      }
      at += shift;
    }
  }

  private void compare(byte[] bytes, int at, int to, int[] indices, Listener listener) {
    for (var index : indices) {
      var text = texts[index];
      // Most candidates differ here, and a comparison of ranges takes longer.
      if (text[0] == bytes[at]
          && at + text.length <= to
          && Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
        listener.found(index, at);
      }
    }
  }
}
