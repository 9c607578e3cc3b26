package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;

/** The two Java runtimes of the image, each with the jars that it runs. */
enum Profile {
  /**
   * In the containers of stages: starts at once, takes little memory. The unsupported module is
   * where zstd's decompressor finds what it needs.
   */
  STAGE("jre", "stage", "java.base,jdk.unsupported"),

  /** For all that talks to registries, sources and the API server. */
  FULL(
      "jre-full",
      "full",
      "java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,"
          + "java.xml,jdk.httpserver,jdk.management,jdk.unsupported");

  private final String runtime;
  private final String jars;
  private final String modules;

  Profile(String runtime, String jars, String modules) {
    this.runtime = runtime;
    this.jars = jars;
    this.modules = modules;
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

  /** The ahead-of-time cache, as a container sees it. */
  String cache() {
    return Mounts.RUNTIME + "/jars/" + jars + ".aot";
  }
}
