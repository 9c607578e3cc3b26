package dev.stagewright.stage.run;

import dev.stagewright.stage.linux.ElfFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the first bytes of a program say about what it takes to run it. */
final class ProgramHeader {
  /** How many bytes are enough. */
  static final int LENGTH = ElfFile.HEAD;

  private ProgramHeader() {}

  /** The loader of a program or the interpreter of a script; empty where none is needed. */
  static Optional<String> loader(byte[] head) {
    return isScript(head) ? Optional.of(interpreter(head)) : ElfFile.interpreter(head);
  }

  /** Says what it means that the loader is missing. */
  static String explain(byte[] head, String loader) {
    return isScript(head)
        ? "interpreter " + loader + " is not: the script's first line names it"
        : "loader " + loader + " is not: it was linked against another C library";
  }

  /** Whether the kernel would not know what to do with it. */
  static boolean isUnknown(byte[] head) {
    return !isScript(head) && !ElfFile.isElf(head);
  }

  private static boolean isScript(byte[] head) {
    return head.length > 2 && head[0] == '#' && head[1] == '!';
  }

  private static String interpreter(byte[] head) {
    var text = new String(head, 2, head.length - 2, StandardCharsets.ISO_8859_1);
    var line = text.substring(0, text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n'));
    var words = line.strip();
    var blank = words.indexOf(' ');
    return blank < 0 ? words : words.substring(0, blank);
  }
}
