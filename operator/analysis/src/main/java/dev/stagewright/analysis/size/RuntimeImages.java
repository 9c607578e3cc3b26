package dev.stagewright.analysis.size;

import dev.stagewright.analysis.program.LanguageRuntime;
import java.util.Optional;

/** Well-known images that contain the run-time system of a language. */
final class RuntimeImages {
  private RuntimeImages() {}

  /** Returns the image of a kind; empty if there is none. */
  static Optional<String> find(LanguageRuntime runtime, BaseKind base) {
    var name =
        switch (base) {
          case SLIM -> slim(runtime);
          case ALPINE -> alpine(runtime);
          case DISTROLESS -> distroless(runtime);
          case CURRENT, BUSYBOX, SCRATCH -> "";
        };
    return Optional.of(name).filter(image -> !image.isEmpty());
  }

  private static String slim(LanguageRuntime runtime) {
    return switch (runtime) {
      case PYTHON -> "python:3-slim";
      case NODE -> "node:lts-slim";
      case JAVA -> "eclipse-temurin:21-jre";
      case RUBY -> "ruby:3-slim";
      case PERL -> "perl:5-slim";
      case PHP -> "php:8-cli";
    };
  }

  private static String alpine(LanguageRuntime runtime) {
    return switch (runtime) {
      case PYTHON -> "python:3-alpine";
      case NODE -> "node:lts-alpine";
      case JAVA -> "eclipse-temurin:21-jre-alpine";
      case RUBY -> "ruby:3-alpine";
      case PHP -> "php:8-cli-alpine";
      case PERL -> "";
    };
  }

  private static String distroless(LanguageRuntime runtime) {
    return switch (runtime) {
      case PYTHON -> "gcr.io/distroless/python3-debian12";
      case NODE -> "gcr.io/distroless/nodejs22-debian12";
      case JAVA -> "gcr.io/distroless/java21-debian12";
      case RUBY, PERL, PHP -> "";
    };
  }
}
