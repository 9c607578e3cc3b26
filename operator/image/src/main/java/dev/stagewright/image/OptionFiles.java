package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of JVM options that {@link dev.stagewright.protocol.RuntimeCommand} names, each with
 * the main class at its end.
 */
final class OptionFiles {
  private static final List<String> COMMON =
      List.of(
          "-XX:-UsePerfData",
          // Standard output is the user's log. That a cache does not fit the processor is no news.
          "-Xlog:disable",
          "-Xlog:all=error,aot*=off,cds*=off:stderr",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          // The JDK's other ways start a helper program by a loader that need not exist.
          "-Djdk.lang.Process.launchMechanism=FORK",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** For few seconds of work in little memory, beside a user's process. */
  private static final List<String> SMALL =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          // Enough to unpack what xz -9 has made, with its 64 MiB of what came before. All else
          // takes a fraction of it, and to take no more has no use for a large young generation.
          "-Xmx80m",
          "-Xmn8m",
          "-Xss512k",
          // Commands inherit the limit of open files: it stays what the container started with.
          "-XX:-MaxFDLimit",
          // A command that walks over /proc would fail at a thread that ends meanwhile.
          "-XX:-UseDynamicNumberOfCompilerThreads",
          // No handlers for signals: a command's "kill 0" reaches process 1 and must not end it.
          "-Xrs",
          // With -Xrs the JVM offers itself to debuggers from its start, by a socket in /tmp, which
          // is a folder of the stage.
          "-XX:+DisableAttachMechanism",
          // Classes made at run time for reflection cost more than they save in so short a life.
          "-Djdk.reflect.useNativeAccessorOnly=true");

  /** For whatever memory the container has. */
  private static final List<String> LARGE =
      List.of(
          "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=65", "-XX:+ExitOnOutOfMemoryError", "-Xss1m");

  private OptionFiles() {}

  /** The options of a stage's runtime. */
  static List<String> stage(List<String> jars, String mainClass) {
    return options(SMALL, classPath(Profile.STAGE, jars), mainClass);
  }

  /** The options of what copies a stage's runtime, in a container of the image. */
  static List<String> copy(List<String> jars, String mainClass) {
    return options(SMALL, classPath(Mounts.RUNTIME, Profile.STAGE, jars), mainClass);
  }

  /** The options of everything else. */
  static List<String> full(List<String> jars, String mainClass) {
    return options(LARGE, classPath(Profile.FULL, jars), mainClass);
  }

  private static List<String> options(List<String> sizes, String classPath, String mainClass) {
    var options = new ArrayList<String>();
    options.addAll(COMMON);
    options.addAll(sizes);
    options.add("-cp");
    options.add(classPath);
    options.add(mainClass);
    return options;
  }

  /** The option that makes use of an ahead-of-time cache. */
  static String useCache(String cache) {
    return "-XX:AOTCache=" + cache;
  }

  /** The class path of a profile, as a container sees it. The cache fits this one only. */
  static String classPath(Profile profile, List<String> jars) {
    return classPath(profile.folder(), profile, jars);
  }

  private static String classPath(String folder, Profile profile, List<String> jars) {
    return String.join(
        ":", jars.stream().map(jar -> folder + "/jars/" + profile.jars() + "/" + jar).toList());
  }
}
