package dev.stagewright.registry.real;

/** A fault that a proxy injects. */
public sealed interface Fault {

  /** Closes the connection after this many bytes of the request body were forwarded. */
  record CutRequest(long after) implements Fault {}

  /** Closes the connection after this many bytes of the response body were returned. */
  record CutAnswer(long after) implements Fault {}

  /**
   * Responds instead of the registry.
   *
   * @param status the HTTP status code
   * @param headers additional header lines, each with its line end; may be empty
   * @param body an error of the distribution specification, or a web page; may be empty
   */
  record Answer(int status, String headers, String body) implements Fault {}

  /** Forwards the request, and returns another response. */
  record AnswerAfterwards(Answer answer) implements Fault {}

  /** Waits before forwarding the request. */
  record Wait(Runnable until) implements Fault {}
}
