package dev.stagewright.registry.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a registry wants to be told who asks: a challenge of a {@code WWW-Authenticate} header. */
public sealed interface Challenge {

  /**
   * A token is to be fetched.
   *
   * @param realm address of the token service
   * @param service what the token is for; empty if not said
   */
  record Bearer(String realm, Optional<String> service) implements Challenge {}

  /** User and password are to be sent with each request. */
  record Basic() implements Challenge {}

  /**
   * Reads the values of all headers of an answer. Challenges of other kinds, and empty headers as
   * Harbor sends for a project that does not exist, are skipped.
   */
  static List<Challenge> parse(List<String> headers) {
    var challenges = new ArrayList<Challenge>();
    headers.forEach(header -> new ChallengeReader(header).readInto(challenges));
    return List.copyOf(challenges);
  }
}
