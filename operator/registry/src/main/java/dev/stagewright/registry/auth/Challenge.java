package dev.stagewright.registry.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A challenge of a {@code WWW-Authenticate} header. */
public sealed interface Challenge {

  /**
   * The client must fetch a token.
   *
   * @param realm the address of the token service
   * @param service the name of the service; empty if absent
   */
  record Bearer(String realm, Optional<String> service) implements Challenge {}

  /** The client must send user name and password with each request. */
  record Basic() implements Challenge {}

  /**
   * Parses the values of all headers of a response. Challenges of other schemes are skipped, and so
   * are empty headers, which Harbor sends for projects that do not exist.
   */
  static List<Challenge> parse(List<String> headers) {
    var challenges = new ArrayList<Challenge>();
    headers.forEach(header -> new ChallengeReader(header).readInto(challenges));
    return List.copyOf(challenges);
  }
}
