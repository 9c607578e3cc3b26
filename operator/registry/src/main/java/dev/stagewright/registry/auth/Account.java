package dev.stagewright.registry.auth;

import java.util.Optional;

/**
 * An account of a registry.
 *
 * @param credential the secret of the account; empty for anonymous access
 * @param origin the source of the credential, for messages, for example {@code Secret pull, key
 *     .dockerconfigjson, entry "harbor.example.com"}; empty for anonymous access
 */
public record Account(Optional<Credential> credential, String origin) {
  /** Anonymous access. */
  public static final Account ANONYMOUS = new Account(Optional.empty(), "");
}
