package dev.stagewright.registry.auth;

import java.util.Optional;

/** What a request carries to say who asks. */
public sealed interface Authorization {

  /** Nothing. */
  record Anonymous() implements Authorization {}

  /** User and password. */
  record Basic(Credential.Password password) implements Authorization {}

  /**
   * A token.
   *
   * @param token the token
   * @param byAccount whether credentials were given for it
   */
  record Bearer(Token token, boolean byAccount) implements Authorization {}

  /** The value of the {@code Authorization} header; empty for no header. */
  default Optional<String> header() {
    return switch (this) {
      case Anonymous _ -> Optional.empty();
      case Basic basic -> Optional.of(basic.password().basic());
      case Bearer bearer -> Optional.of("Bearer " + bearer.token().value());
    };
  }
}
