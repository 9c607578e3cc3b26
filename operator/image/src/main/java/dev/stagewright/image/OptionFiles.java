package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;
import java.util.ArrayList;
import java.util.List;

/**
 * The files with JVM options that {@link dev.stagewright.protocol.RuntimeCommand} refers to. Each
 * ends with the main class.
 */
final class OptionFiles {
  private static final List<String> COMMON =
      List.of(
          "-XX:-UsePerfData",
          // Maps the ahead-of-time cache at the address for which it was written. At another one,
          // each start changes all addresses in it.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          // Standard output is the user's log. A cache that does not match the processor is not
          // worth a message.
          "-Xlog:disable",
          "-Xlog:all=error,aot*=off,cds*=off:stderr",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          // The other mechanisms of the JDK start a helper program with a loader that may be
          // missing.
          "-Djdk.lang.Process.launchMechanism=FORK",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** Classes that are generated for reflection cost more than they save in a short process. */
  private static final String PLAIN_REFLECTION = "-Djdk.reflect.useNativeAccessorOnly=true";

  /** For a few seconds of work in little memory, next to a user's process. */
  private static final List<String> SMALL =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          // Enough to unpack xz -9 with its dictionary of 64 MiB. Everything else needs a fraction
          // of it, and a small young generation keeps the heap small.
          "-Xmx80m",
          "-Xmn8m",
          "-Xss512k",
          // Commands inherit the limit of open files: it stays as the container was started.
          "-XX:-MaxFDLimit",
          // A command that walks /proc would fail if a thread ends meanwhile.
          "-XX:-UseDynamicNumberOfCompilerThreads",
          // No signal handlers: a command's "kill 0" reaches process 1 and must not end it.
          "-Xrs",
          // With -Xrs the JVM accepts debuggers from its start, by a socket in /tmp, which belongs
          // to the stage.
          "-XX:+DisableAttachMechanism",
          PLAIN_REFLECTION);

  /** For any memory size of the container. */
  private static final List<String> LARGE =
      List.of(
          "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=65", "-XX:+ExitOnOutOfMemoryError", "-Xss1m");

  private OptionFiles() {}

  /** Returns the options of the stage runtime. */
  static List<String> stage(List<String> jars, String mainClass) {
    return options(Profile.STAGE, SMALL, jars, mainClass);
  }

  /**
   * Returns the options of the program that copies the stage runtime, in a container of the image.
   */
  static List<String> copy(List<String> jars, String mainClass) {
    return options(SMALL, classPath(Mounts.RUNTIME, Profile.STAGE, jars), mainClass);
  }

  /** Returns the options of the worker. */
  static List<String> worker(List<String> jars, String mainClass) {
    var options = new ArrayList<>(LARGE);
    options.add(PLAIN_REFLECTION);
    return options(Profile.FULL, options, jars, mainClass);
  }

  /** Returns the options of all other programs. */
  static List<String> full(List<String> jars, String mainClass) {
    return options(Profile.FULL, LARGE, jars, mainClass);
  }

  private static List<String> options(
      Profile profile, List<String> sizes, List<String> jars, String mainClass) {
    var all = new ArrayList<>(sizes);
    all.add("-Ddev.stagewright.library=" + profile.library());
    return options(all, classPath(profile, jars), mainClass);
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

  /** Returns the option for an ahead-of-time cache. */
  static String useCache(String cache) {
    return "-XX:AOTCache=" + cache;
  }

  /**
   * Returns the class path of a profile in a container. The cache is valid for this class path
   * only.
   */
  static String classPath(Profile profile, List<String> jars) {
    return classPath(profile.directory(), profile, jars);
  }

  private static String classPath(String directory, Profile profile, List<String> jars) {
    return String.join(
        ":", jars.stream().map(jar -> directory + "/jars/" + profile.jars() + "/" + jar).toList());
  }
}
