package dev.stagewright.registry.auth;

import java.util.Optional;

/**
 * Who asks a registry.
 *
 * @param credential what proves it; empty for nobody in particular
 * @param origin where it comes from, for messages, for example {@code Secret pull, key
 *     .dockerconfigjson, entry "harbor.example.com"}; empty for an anonymous one
 */
public record Account(Optional<Credential> credential, String origin) {
  /** Nobody in particular. */
  public static final Account ANONYMOUS = new Account(Optional.empty(), "");
}
