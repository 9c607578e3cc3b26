package dev.stagewright.bench.compare.workload;

import java.util.function.UnaryOperator;

/**
 * A build that differs little from the measured build after it.
 *
 * @param edit converts the Dockerfile of the measured build to that of this build
 * @param context replaces files of the context of the measured build
 * @param fails whether the build fails
 */
public record EarlierBuild(UnaryOperator<String> edit, BuildContext context, boolean fails) {
  /** The same build. */
  static EarlierBuild same() {
    return with((_, _) -> {});
  }

  /** A build with other files in its context. */
  static EarlierBuild with(BuildContext files) {
    return new EarlierBuild(UnaryOperator.identity(), files, false);
  }

  /** A build that fails, because a line of its Dockerfile is different. */
  static EarlierBuild failing(String line, String failingLine) {
    return new EarlierBuild(text -> text.replace(line, failingLine), (_, _) -> {}, true);
  }
}
