package dev.stagewright.e2e.conformance.cases;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The cases that a run builds.
 *
 * @param names groups, or {@code group/case}; empty for all
 */
public record Selection(List<String> names, Set<Sandbox> sandboxes) {

  /** Copies the collections. */
  public Selection {
    names = List.copyOf(names);
    sandboxes = Set.copyOf(sandboxes);
  }

  /**
   * Parses the selection from two texts.
   *
   * @param names names, separated by blanks or commas; blank for all
   * @param sandbox name of a sandbox; blank for all
   */
  public static Selection of(String names, String sandbox) {
    var list = new ArrayList<String>();
    for (var name : names.split("[ ,]+", -1)) {
      if (!name.isEmpty()) {
        list.add(name);
      }
    }
    return new Selection(
        list,
        sandbox.isBlank() ? EnumSet.allOf(Sandbox.class) : EnumSet.of(Sandbox.of(sandbox.strip())));
  }

  /** Whether all cases and sandboxes are selected. */
  public boolean isAll() {
    return names.isEmpty() && sandboxes.size() == Sandbox.values().length;
  }

  /** The selected cases. */
  public List<Case> of(List<Case> cases) {
    return cases.stream()
        .filter(
            one -> names.isEmpty() || names.contains(one.group()) || names.contains(one.fullName()))
        .toList();
  }
}
