package dev.stagewright.e2e.conformance.cases;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What of the cases a run is about.
 *
 * @param names groups, or {@code group/case}; empty for all
 * @param every where no names are given, one of so many cases is taken; 1 for all
 */
public record Selection(List<String> names, Set<Sandbox> sandboxes, int every) {

  /** Copies the collections. */
  public Selection {
    names = List.copyOf(names);
    sandboxes = Set.copyOf(sandboxes);
  }

  /**
   * Reads the selection from two texts.
   *
   * @param names parted by blanks or commas; blank for all
   * @param sandbox blank for both
   * @param every one of so many cases, where no names are given
   */
  public static Selection of(String names, String sandbox, int every) {
    var list = new ArrayList<String>();
    for (var name : names.split("[ ,]+", -1)) {
      if (!name.isEmpty()) {
        list.add(name);
      }
    }
    return new Selection(
        list,
        sandbox.isBlank() ? EnumSet.allOf(Sandbox.class) : EnumSet.of(Sandbox.of(sandbox.strip())),
        every);
  }

  /** Whether nothing is left out. */
  public boolean isAll() {
    return names.isEmpty() && every == 1 && sandboxes.size() == Sandbox.values().length;
  }

  /** The selected ones of some cases. */
  public List<Case> of(List<Case> cases) {
    if (names.isEmpty()) {
      return IntStream.range(0, cases.size())
          .filter(number -> number % every == 0)
          .mapToObj(cases::get)
          .toList();
    }
    return cases.stream()
        .filter(one -> names.contains(one.group()) || names.contains(one.fullName()))
        .toList();
  }
}
