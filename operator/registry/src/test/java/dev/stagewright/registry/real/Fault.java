package dev.stagewright.registry.real;

/** What a proxy does to an exchange. */
public sealed interface Fault {

  /** Cuts the connection after so many bytes of the request's body went on. */
  record CutRequest(long after) implements Fault {}

  /** Cuts the connection after so many bytes of the answer's body came back. */
  record CutAnswer(long after) implements Fault {}

  /**
   * Answers itself.
   *
   * @param status of HTTP
   * @param headers further lines of the head, each with its line end; may be empty
   * @param body as errors of the distribution specification have it, or a page; may be empty
   */
  record Answer(int status, String headers, String body) implements Fault {}

  /** Lets the registry do it, and answers something else. */
  record AnswerAfterwards(Answer answer) implements Fault {}

  /** Waits before anything goes on. */
  record Wait(Runnable until) implements Fault {}
}
