package dev.stagewright.analysis.elf;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Recognizes the tool chains that a file was made with by what they leave in it. */
final class Toolchains {
  /** Begins the build information of Go. */
  static final String GO_BUILD_INFO = "\u00ff Go buildinf:";

  /** The level of x86-64 in the build information of Go. */
  static final String GO_LEVEL = "build\tGOAMD64=v";

  /** The path of the standard library in messages of Rust. */
  static final String RUST_SOURCES = "/rustc/";

  static final String RUST_PANIC = "rust_panic";

  private final Set<String> mentions;
  private final Set<String> found = new HashSet<>();

  Toolchains(Set<String> mentions, ElfNotes notes, SectionHeaders sections) {
    this.mentions = mentions;
    var comment = sections.comment();
    add("go", notes.isGo() || mentions.contains(GO_BUILD_INFO));
    add(
        "rust",
        comment.contains("rustc version")
            || (mentions.contains(RUST_SOURCES) && mentions.contains(RUST_PANIC)));
    add("gcc", comment.contains("GCC: ("));
    add("clang", comment.contains("clang version"));
  }

  private void add(String name, boolean isThere) {
    if (isThere) {
      found.add(name);
    }
  }

  /** Names of languages and compilers, in lower case. */
  Set<String> names() {
    return found;
  }

  /** The level of x86-64 that a program of Go checks when it starts. */
  Optional<Integer> goLevel() {
    return IntStream.of(4, 3, 2)
        .boxed()
        .filter(level -> found.contains("go") && mentions.contains(GO_LEVEL + level))
        .findFirst();
  }
}
