package dev.stagewright.analysis.run;

/** What a user sees of a container that does not start, in the words of runc and containerd. */
final class Symptoms {
  private Symptoms() {}

  /** The runtime does not find or may not execute the command. */
  static String startError(String text) {
    return "StartError, exit code 128: failed to create containerd task: failed to create shim"
        + " task: OCI runtime create failed: runc create failed: unable to start container"
        + " process: error during container init: "
        + text;
  }

  /** The command itself is not found. */
  static String startError(String command, String text) {
    return startError("exec: \"%s\": %s".formatted(command, text));
  }

  /** The container cannot be created. */
  static String createError(String text) {
    return "CreateContainerError: " + text;
  }

  /** kubelet does not accept the settings of the container. */
  static String createConfigError(String text) {
    return "CreateContainerConfigError: " + text;
  }

  /** The process ends at once. */
  static String exit(int code, String log) {
    return "exit code %d, CrashLoopBackOff; log: %s".formatted(code, log);
  }
}
