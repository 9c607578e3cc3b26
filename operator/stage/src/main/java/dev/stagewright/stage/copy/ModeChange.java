package dev.stagewright.stage.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A change of a file mode by {@code --chmod}. */
sealed interface ModeChange {
  /** Keeps modes. */
  ModeChange NONE = new Symbolic(List.of());

  /** The new mode. */
  int apply(int mode, boolean directory);

  /** The mode of created parent directories; empty for the default. */
  Optional<Integer> forParents();

  /**
   * Parses octal digits or symbolic changes in the syntax of {@code chmod}.
   *
   * @throws CopyException if the text is neither
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

    /** As in BuildKit, the special bits do not apply to parent directories. */
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

  /** Applies clauses one after another. */
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
