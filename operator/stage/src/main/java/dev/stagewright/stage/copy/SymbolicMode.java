package dev.stagewright.stage.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A change in a symbolic mode, for example {@code go-w} in {@code u+x,go-w}.
 *
 * @param who any of {@code u}, {@code g} and {@code o}
 * @param operator {@code +}, {@code -} or {@code =}
 * @param what letters of {@code rwxXst}, or one of {@code ugo}
 */
record SymbolicMode(String who, char operator, String what) {
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)");
  private static final Pattern ACTION = Pattern.compile("([-+=])([rwxXstugo]*)");
  private static final int SETUID = 04000;
  private static final int SETGID = 02000;
  private static final int STICKY = 01000;
  private static final int EXECUTE = 0111;

  /** Parses a clause between commas; empty if it is not a symbolic mode. */
  static Optional<List<SymbolicMode>> parse(String clause) {
    var match = CLAUSE.matcher(clause);
    if (!match.matches()) {
      return Optional.empty();
    }
    var who = match.group(1).isEmpty() || match.group(1).contains("a") ? "ugo" : match.group(1);
    var changes = new ArrayList<SymbolicMode>();
    var actions = ACTION.matcher(match.group(2));
    while (actions.find()) {
      changes.add(new SymbolicMode(who, actions.group(1).charAt(0), actions.group(2)));
    }
    return Optional.of(changes);
  }

  int apply(int mode, boolean directory) {
    var bits = bits(mode, directory);
    return switch (operator) {
      case '+' -> mode | bits;
      case '-' -> mode & ~bits;
      default -> (mode & ~mask()) | bits;
    };
  }

  /** All bits of the affected users. */
  private int mask() {
    var mask = 0;
    for (var i = 0; i < who.length(); i++) {
      mask |= (07 << shift(who.charAt(i))) | special(who.charAt(i));
    }
    return who.length() == 3 ? mask | STICKY : mask;
  }

  private int bits(int mode, boolean directory) {
    var permissions = 0;
    var bits = 0;
    for (var i = 0; i < what.length(); i++) {
      var letter = what.charAt(i);
      permissions |=
          switch (letter) {
            case 'r' -> 4;
            case 'w' -> 2;
            case 'x' -> 1;
            case 'X' -> directory || (mode & EXECUTE) != 0 ? 1 : 0;
            case 'u', 'g', 'o' -> (mode >> shift(letter)) & 07;
            default -> 0;
          };
    }
    for (var i = 0; i < who.length(); i++) {
      bits |= permissions << shift(who.charAt(i));
      bits |= what.indexOf('s') < 0 ? 0 : special(who.charAt(i));
    }
    return what.indexOf('t') < 0 ? bits : bits | STICKY;
  }

  private static int shift(char who) {
    return switch (who) {
      case 'u' -> 6;
      case 'g' -> 3;
      default -> 0;
    };
  }

  private static int special(char who) {
    return switch (who) {
      case 'u' -> SETUID;
      case 'g' -> SETGID;
      default -> 0;
    };
  }
}
