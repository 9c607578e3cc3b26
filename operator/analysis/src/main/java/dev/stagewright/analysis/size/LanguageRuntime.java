package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.ImageFiles;
import java.util.Optional;
import java.util.stream.Stream;

/** The run-time system of an interpreted language, with images that contain it. */
enum LanguageRuntime {
  PYTHON("python", "python:3-slim", "python:3-alpine", "gcr.io/distroless/python3-debian12"),
  NODE("node", "node:lts-slim", "node:lts-alpine", "gcr.io/distroless/nodejs22-debian12"),
  JAVA(
      "java",
      "eclipse-temurin:21-jre",
      "eclipse-temurin:21-jre-alpine",
      "gcr.io/distroless/java21-debian12"),
  RUBY("ruby", "ruby:3-slim", "ruby:3-alpine", ""),
  PERL("perl", "perl:5-slim", "", ""),
  PHP("php", "php:8-cli", "php:8-cli-alpine", "");

  private final String program;
  private final String slim;
  private final String alpine;
  private final String distroless;

  LanguageRuntime(String program, String slim, String alpine, String distroless) {
    this.program = program;
    this.slim = slim;
    this.alpine = alpine;
    this.distroless = distroless;
  }

  /** The run-time system that a program is; empty for other programs. */
  static Optional<LanguageRuntime> of(String path, String target) {
    return Stream.of(values())
        .filter(runtime -> runtime.isName(path) || runtime.isName(target))
        .findFirst();
  }

  private boolean isName(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return name.startsWith(program) && name.substring(program.length()).matches("[0-9.]*");
  }

  /** The name of its program. */
  String program() {
    return program;
  }

  /** An image that contains it; empty if there is none of this kind. */
  Optional<String> image(BaseKind base) {
    var name =
        switch (base) {
          case SLIM -> slim;
          case ALPINE -> alpine;
          case DISTROLESS -> distroless;
          case CURRENT, BUSYBOX, SCRATCH -> "";
        };
    return Optional.of(name).filter(image -> !image.isEmpty());
  }

  /** The files that the run-time system loads from its own directories. */
  Stream<ImageFile> files(ImageFiles files, ImageFile executable) {
    // .../bin/python3 has its modules in .../lib/python3.12.
    var bin = parent(executable.path());
    var prefix = parent(bin);
    var all =
        switch (this) {
          case PYTHON, PERL, RUBY, PHP ->
              below(files, prefix, "lib/" + program).filter(f -> !isInstalled(f.path()));
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
