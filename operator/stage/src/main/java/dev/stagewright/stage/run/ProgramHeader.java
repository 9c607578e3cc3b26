package dev.stagewright.stage.run;

import dev.stagewright.stage.linux.ElfFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first bytes of a program, which determine its loader or interpreter. */
final class ProgramHeader {
  /** The number of bytes to read. */
  static final int LENGTH = ElfFile.HEAD;

  private ProgramHeader() {}

  /** The loader of a program or the interpreter of a script; empty if none is needed. */
  static Optional<String> loader(byte[] head) {
    return isScript(head) ? Optional.of(interpreter(head)) : ElfFile.interpreter(head);
  }

  /** Explains a missing loader. */
  static String explain(byte[] head, String loader) {
    return isScript(head)
        ? "interpreter " + loader + " is missing: it is in the first line of the script"
        : "loader " + loader + " is missing: the program was linked against another C library";
  }

  /** Whether the kernel cannot execute the file. */
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
