package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;

/** The two Java runtimes of the image, each with its jars. */
enum Profile {
  /**
   * For the containers of stages: starts fast and uses little memory. zstd's decompressor requires
   * the unsupported module.
   */
  STAGE(Mounts.STAGE_RUNTIME, "jre", "stage", "java.base,jdk.unsupported"),

  /**
   * For everything that accesses registries, sources and the API server. The client for SSH throws
   * exceptions of java.rmi.
   */
  FULL(
      Mounts.RUNTIME,
      "jre-full",
      "full",
      "java.base,java.logging,java.management,java.naming,java.net.http,java.rmi,java.security.jgss,"
          + "java.xml,jdk.httpserver,jdk.management,jdk.unsupported");

  private final String directory;
  private final String runtime;
  private final String jars;
  private final String modules;

  Profile(String directory, String runtime, String jars, String modules) {
    this.directory = directory;
    this.runtime = runtime;
    this.jars = jars;
    this.modules = modules;
  }

  /** The directory of the runtime in its containers. */
  String directory() {
    return directory;
  }

  /** The name of the directory of the Java runtime. */
  String runtime() {
    return runtime;
  }

  /** The name of the directory of the jars. */
  String jars() {
    return jars;
  }

  /** The JDK modules of the runtime, separated by commas; their dependencies are included. */
  String modules() {
    return modules;
  }

  /** The path of the native library in its containers. */
  String library() {
    return directory + "/jars/" + jars + "/libcalls.so";
  }

  /** The path of the ahead-of-time cache in its containers. */
  String cache() {
    return cache(directory);
  }

  /** Returns the path of the cache if the runtime is in this directory. */
  String cache(String inDirectory) {
    return inDirectory + "/jars/" + jars + ".aot";
  }
}
