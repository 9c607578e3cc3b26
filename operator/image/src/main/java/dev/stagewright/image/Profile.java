package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;

/** The two Java runtimes of the image, each with the jars that it runs. */
enum Profile {
  /**
   * In the containers of stages: starts at once, takes little memory. The unsupported module is
   * where zstd's decompressor finds what it needs.
   */
  STAGE(Mounts.STAGE_RUNTIME, "jre", "stage", "java.base,jdk.unsupported"),

  /** For all that talks to registries, sources and the API server. */
  FULL(
      Mounts.RUNTIME,
      "jre-full",
      "full",
      "java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,"
          + "java.xml,jdk.httpserver,jdk.management,jdk.unsupported");

  private final String folder;
  private final String runtime;
  private final String jars;
  private final String modules;

  Profile(String folder, String runtime, String jars, String modules) {
    this.folder = folder;
    this.runtime = runtime;
    this.jars = jars;
    this.modules = modules;
  }

  /** Where its containers have the runtime's files. */
  String folder() {
    return folder;
  }

  /** Name of the runtime's folder. */
  String runtime() {
    return runtime;
  }

  /** Name of the folder of the jars. */
  String jars() {
    return jars;
  }

  /** The JDK's modules that the runtime has, between commas; those that they need come along. */
  String modules() {
    return modules;
  }

  /** The ahead-of-time cache, as its containers see it. */
  String cache() {
    return cache(folder);
  }

  /** The same where the runtime's files are in this folder. */
  String cache(String inFolder) {
    return inFolder + "/jars/" + jars + ".aot";
  }
}
