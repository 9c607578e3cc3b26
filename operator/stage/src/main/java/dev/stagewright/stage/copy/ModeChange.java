package dev.stagewright.stage.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What {@code --chmod} does to a mode. */
sealed interface ModeChange {
  /** Leaves modes alone. */
  ModeChange NONE = new Symbolic(List.of());

  /** The new mode. */
  int apply(int mode, boolean directory);

  /** The mode of directories that are made on the way; empty for the usual. */
  Optional<Integer> forParents();

  /**
   * Reads octal digits or symbolic changes as {@code chmod} has them.
   *
   * @throws CopyException if it is neither
   */
  static ModeChange parse(String text) throws CopyException {
    if (Octal.FORM.matcher(text).matches()) {
      return new Octal(Integer.parseInt(text, 8));
    }
    var clauses = new ArrayList<SymbolicMode>();
    for (var clause : text.split(",", -1)) {
      clauses.addAll(SymbolicMode.parse(clause).orElseThrow(() -> invalid(text)));
    }
    return new Symbolic(List.copyOf(clauses));
  }

  private static CopyException invalid(String text) {
    return new CopyException(
        "invalid chmod parameter: '"
            + text
            + "'. it should be octal string and between 0 and 07777, or a symbolic mode like"
            + " u+x,go-w");
  }

  /** Replaces the mode. */
  record Octal(int mode) implements ModeChange {
    private static final Pattern FORM = Pattern.compile("0*[0-7]{1,4}");

    /** Directories on the way get no other bits, as in BuildKit. */
    private static final int PERMISSIONS = 0777;

    @Override
    public int apply(int before, boolean directory) {
      return mode;
    }

    @Override
    public Optional<Integer> forParents() {
      return Optional.of(mode & PERMISSIONS);
    }
  }

  /** Changes bits, one clause after the other. */
  record Symbolic(List<SymbolicMode> clauses) implements ModeChange {
    @Override
    public int apply(int before, boolean directory) {
      var mode = before;
      for (var clause : clauses) {
        mode = clause.apply(mode, directory);
      }
      return mode;
    }

    @Override
    public Optional<Integer> forParents() {
      return Optional.empty();
    }
  }
}
