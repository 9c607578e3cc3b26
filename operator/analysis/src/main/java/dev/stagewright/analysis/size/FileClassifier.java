package dev.stagewright.analysis.size;

import static dev.stagewright.analysis.size.PathRule.anywhere;
import static dev.stagewright.analysis.size.PathRule.at;
import static dev.stagewright.analysis.size.PathRule.named;

import java.util.List;
import java.util.Optional;

/**
 * Decides to which group of files a path belongs. The first rule that matches counts. Not
 * thread-safe: it keeps the rules for the last directory, since files come directory by directory.
 */
final class FileClassifier {
  private static final List<PathRule> RULES =
      List.of(
          at(GroupKind.APT_CACHE, "var/lib/apt/lists", "var/cache/apt"),
          at(GroupKind.APK_CACHE, "var/cache/apk", "etc/apk/cache"),
          at(GroupKind.DNF_CACHE, "var/cache/dnf", "var/cache/yum", "var/cache/libdnf5"),
          anywhere(GroupKind.PIP_CACHE, ".cache/pip", ".cache/pypoetry", ".cache/uv"),
          anywhere(GroupKind.NPM_CACHE, ".npm/_cacache", ".npm/_logs"),
          anywhere(
              GroupKind.YARN_CACHE,
              ".cache/yarn",
              ".yarn/cache",
              ".yarn/berry/cache",
              ".cache/pnpm",
              ".local/share/pnpm/store"),
          anywhere(GroupKind.GO_CACHE, ".cache/go-build", "go/pkg/mod"),
          anywhere(
              GroupKind.CARGO_CACHE,
              "cargo/registry",
              "cargo/git",
              ".cargo/registry",
              ".cargo/git",
              "target/release/deps",
              "target/release/build",
              "target/release/incremental",
              "target/debug"),
          anywhere(GroupKind.MAVEN_CACHE, ".m2/repository", ".gradle/caches", ".gradle/wrapper"),
          anywhere(GroupKind.GIT, ".git"),
          at(GroupKind.DEBUG_SYMBOLS, "usr/lib/debug", "usr/local/lib/debug"),
          named(GroupKind.DEBUG_SYMBOLS, "*.debug", "*.dwo", "*.dwp"),
          at(
              GroupKind.TOOLCHAIN,
              "usr/lib/gcc",
              "usr/libexec/gcc",
              "usr/local/lib/gcc",
              "usr/local/libexec/gcc",
              "usr/include",
              "usr/local/include",
              "usr/local/go",
              "usr/lib/go",
              "usr/share/go",
              "usr/local/cargo/bin",
              "usr/local/rustup",
              "usr/share/maven",
              "opt/maven",
              "opt/gradle"),
          anywhere(GroupKind.TOOLCHAIN, ".rustup/toolchains"),
          new JdkRule(),
          new CompilerRule(),
          anywhere(
              GroupKind.DEVELOPMENT_PACKAGES,
              "node_modules/typescript",
              "node_modules/@types",
              "node_modules/@typescript-eslint",
              "node_modules/eslint",
              "node_modules/prettier",
              "node_modules/jest",
              "node_modules/mocha",
              "node_modules/nodemon",
              "node_modules/ts-node",
              "node_modules/webpack",
              "node_modules/vite",
              "node_modules/@babel/core"),
          at(
              GroupKind.DOCUMENTATION,
              "usr/share/doc",
              "usr/share/man",
              "usr/share/info",
              "usr/share/locale",
              "usr/share/gtk-doc",
              "usr/share/help",
              "usr/local/share/doc",
              "usr/local/share/man",
              "usr/local/man"),
          named(GroupKind.STATIC_LIBRARIES, "lib*.a"),
          new TestsRule());

  private String directory = "";
  private List<PathRule> rules = rulesIn(directory);

  private static List<PathRule> rulesIn(String directory) {
    return RULES.stream().filter(rule -> rule.canMatchIn(directory)).toList();
  }

  /**
   * The group of a file.
   *
   * @param path relative to the root
   */
  Optional<PathRule.Match> classify(String path) {
    var end = Math.max(0, path.lastIndexOf('/'));
    if (end != directory.length() || !path.startsWith(directory)) {
      directory = path.substring(0, end);
      rules = rulesIn(directory);
    }
    for (var rule : rules) {
      var match = rule.match(path);
      if (match.isPresent()) {
        return match;
      }
    }
    return Optional.empty();
  }

  /** Parts of a JDK that a JRE does not have. */
  private record JdkRule() implements PathRule {
    @Override
    public Optional<Match> match(String path) {
      var jmods = path.indexOf("/jmods/");
      if (jmods >= 0) {
        return Optional.of(new Match(GroupKind.TOOLCHAIN, path.substring(0, jmods + 6)));
      }
      return path.endsWith("/lib/src.zip")
              || path.endsWith("/lib/ct.sym")
              || path.endsWith("/bin/javac")
          ? Optional.of(new Match(GroupKind.TOOLCHAIN, path))
          : Optional.empty();
    }
  }

  /** Programs of GCC, binutils, and LLVM. */
  private record CompilerRule() implements PathRule {
    private static final List<String> NAMES =
        List.of("gcc", "g++", "c++", "cpp", "gfortran", "clang", "lld", "lto-dump", "gdb", "cmake");

    @Override
    public Optional<Match> match(String path) {
      if (path.startsWith("usr/lib/llvm")) {
        var end = path.indexOf('/', "usr/lib/".length());
        return Optional.of(new Match(GroupKind.TOOLCHAIN, end < 0 ? path : path.substring(0, end)));
      }
      if (!path.startsWith("usr/bin/") && !path.startsWith("usr/local/bin/")) {
        return Optional.empty();
      }
      var name = path.substring(path.lastIndexOf('/') + 1);
      return name.contains("-linux-gnu-")
              || name.contains("-linux-musl-")
              || NAMES.stream().anyMatch(tool -> isTool(name, tool))
          ? Optional.of(new Match(GroupKind.TOOLCHAIN, path))
          : Optional.empty();
    }

    /** Whether a name is that of a tool, perhaps with a version. */
    private static boolean isTool(String name, String tool) {
      return name.equals(tool)
          || (name.startsWith(tool + "-")
              && name.length() > tool.length() + 1
              && Character.isDigit(name.charAt(tool.length() + 1)));
    }
  }

  /** Directories of tests. */
  private record TestsRule() implements PathRule.ByDirectory {
    private static final List<String> NAMES =
        List.of("/tests/", "/test/", "/__tests__/", "/testdata/");

    @Override
    public Optional<Match> match(String path) {
      for (var name : NAMES) {
        var at = path.indexOf(name);
        if (at >= 0) {
          return Optional.of(new Match(GroupKind.TESTS, path.substring(0, at + name.length() - 1)));
        }
      }
      return Optional.empty();
    }
  }
}
