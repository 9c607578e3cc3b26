package dev.stagewright.analysis.report;

/** The instruction of a layer as in a Dockerfile, without what builders add in the history. */
public final class InstructionText {
  private static final String SHELL = "/bin/sh -c ";
  private static final String NO_OPERATION = "#(nop)";
  private static final String BUILDKIT = " # buildkit";

  private InstructionText() {}

  /**
   * {@code RUN make} for {@code RUN /bin/sh -c make # buildkit}, and for {@code /bin/sh -c make}.
   */
  public static String of(String createdBy) {
    var text =
        createdBy.endsWith(BUILDKIT)
            ? createdBy.substring(0, createdBy.length() - BUILDKIT.length())
            : createdBy;
    if (text.startsWith(SHELL)) {
      var command = text.substring(SHELL.length()).strip();
      return command.startsWith(NO_OPERATION)
          ? command.substring(NO_OPERATION.length()).strip()
          : "RUN " + command;
    }
    return text.startsWith("RUN " + SHELL) ? "RUN " + text.substring(4 + SHELL.length()) : text;
  }
}
