package dev.stagewright.analysis.program;

import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.ImageFiles;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The run-time system of an interpreted language. */
public enum LanguageRuntime {
  PYTHON,
  NODE,
  JAVA,
  RUBY,
  PERL,
  PHP;

  /** The run-time system that a program is; empty for other programs. */
  static Optional<LanguageRuntime> of(String path, String target) {
    return Stream.of(values())
        .filter(runtime -> runtime.isName(path) || runtime.isName(target))
        .findFirst();
  }

  private boolean isName(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return name.startsWith(program()) && name.substring(program().length()).matches("[0-9.]*");
  }

  /** The name of its program. */
  public String program() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The files that the run-time system loads from its own directories. */
  Stream<ImageFile> files(ImageFiles files, ImageFile executable) {
    // .../bin/python3 has its modules in .../lib/python3.12.
    var bin = parent(executable.path());
    var prefix = parent(bin);
    var all =
        switch (this) {
          case PYTHON, PERL, RUBY, PHP ->
              below(files, prefix, "lib/" + program()).filter(f -> !isInstalled(f.path()));
          case JAVA ->
              bin.endsWith("/bin")
                  ? files.below(prefix).stream().filter(f -> !f.path().contains("/jmods/"))
                  : Stream.<ImageFile>empty();
          case NODE -> Stream.<ImageFile>empty();
        };
    return all.filter(file -> file.file().isFile());
  }

  private static Stream<ImageFile> below(ImageFiles files, String prefix, String name) {
    var start = prefix.isEmpty() ? name : prefix + "/" + name;
    return files.below(prefix.isEmpty() ? "lib" : prefix + "/lib").stream()
        .filter(file -> file.path().startsWith(start));
  }

  private static boolean isInstalled(String path) {
    return path.contains("/site-packages/")
        || path.contains("/dist-packages/")
        || path.contains("/test/");
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
