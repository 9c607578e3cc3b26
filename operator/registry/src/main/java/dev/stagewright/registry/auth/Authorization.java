package dev.stagewright.registry.auth;

import java.util.Optional;

/** The authorization of a request. */
public sealed interface Authorization {

  /** No authorization. */
  record Anonymous() implements Authorization {}

  /** User name and password. */
  record Basic(Credential.Password password) implements Authorization {}

  /**
   * A bearer token.
   *
   * @param token the token
   * @param byAccount whether the token was requested with credentials
   */
  record Bearer(Token token, boolean byAccount) implements Authorization {}

  /** Returns the value of the {@code Authorization} header; empty for no header. */
  default Optional<String> header() {
    return switch (this) {
      case Anonymous _ -> Optional.empty();
      case Basic basic -> Optional.of(basic.password().basic());
      case Bearer bearer -> Optional.of("Bearer " + bearer.token().value());
    };
  }
}
