package dev.stagewright.registry.auth;

import dev.stagewright.registry.error.RegistryException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Tokens that can be used again. Uploads side by side share one, and ask for one once. */
final class TokenCache {
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Token> tokens = new HashMap<>();

  TokenCache(Clock clock) {
    this.clock = clock;
  }

  /** What a token is for, and whose it is. */
  record Key(
      Challenge.Bearer challenge, Optional<Credential> credential, List<TokenScope> scopes) {}

  @FunctionalInterface
  interface Fetch {
    Token fetch() throws RegistryException;
  }

  /**
   * The token that is there, or a new one.
   *
   * @param refused a token that the registry does not take; empty if none was tried
   */
  Token get(Key key, Optional<Token> refused, Fetch fetch) throws RegistryException {
    lock.lock();
    try {
      var known = Optional.ofNullable(tokens.get(key)).filter(token -> isUsable(token, refused));
      if (known.isPresent()) {
        return known.get();
      }
      var token = fetch.fetch();
      tokens.put(key, token);
      return token;
    } finally {
      lock.unlock();
    }
  }

  private boolean isUsable(Token token, Optional<Token> refused) {
    return clock.instant().isBefore(token.renewAt()) && !refused.equals(Optional.of(token));
  }
}
