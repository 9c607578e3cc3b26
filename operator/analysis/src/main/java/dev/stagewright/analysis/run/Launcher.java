package dev.stagewright.analysis.run;

/** Who executes a program, which decides with which rights, and what the user sees of an error. */
enum Launcher {
  /** runc, which still has the capabilities of the container, also for a user other than root. */
  RUNTIME {
    @Override
    String symptom(String path, Errno error) {
      return Symptoms.exit(255, "exec %s: %s".formatted(path, error.text()));
    }
  },
  /** {@code env}, mostly in {@code #!/usr/bin/env}. */
  ENV {
    @Override
    String symptom(String path, Errno error) {
      return Symptoms.exit(exitCode(error), "env: '%s': %s".formatted(path, error.capitalized()));
    }
  },
  /** A small init like tini. */
  INIT {
    @Override
    String symptom(String path, Errno error) {
      return Symptoms.exit(
          exitCode(error), "exec %s failed: %s".formatted(path, error.capitalized()));
    }
  },
  /** The shell of a command in shell form. */
  SHELL {
    @Override
    String symptom(String path, Errno error) {
      var text = error == Errno.ENOENT ? "not found" : error.capitalized();
      return Symptoms.exit(exitCode(error), "sh: %s: %s".formatted(path, text));
    }
  };

  static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  abstract String symptom(String path, Errno error);

  private static int exitCode(Errno error) {
    return error == Errno.ENOENT ? NOT_FOUND : NOT_EXECUTABLE;
  }
}
