package dev.stagewright.registry.auth;

import dev.stagewright.registry.error.RegistryException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Caches tokens. Parallel uploads share one token, and request it once. */
final class TokenCache {
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Token> tokens = new HashMap<>();

  TokenCache(Clock clock) {
    this.clock = clock;
  }

  /** The scopes and the account of a token. */
  record Key(
      Challenge.Bearer challenge, Optional<Credential> credential, List<TokenScope> scopes) {}

  @FunctionalInterface
  interface Fetch {
    Token fetch() throws RegistryException;
  }

  /**
   * Returns the cached token, or a new one.
   *
   * @param rejected a token that the registry rejected; empty if none was tried
   */
  Token get(Key key, Optional<Token> rejected, Fetch fetch) throws RegistryException {
    lock.lock();
    try {
      var cached = Optional.ofNullable(tokens.get(key)).filter(token -> isUsable(token, rejected));
      if (cached.isPresent()) {
        return cached.get();
      }
      var token = fetch.fetch();
      tokens.put(key, token);
      return token;
    } finally {
      lock.unlock();
    }
  }

  private boolean isUsable(Token token, Optional<Token> rejected) {
    return clock.instant().isBefore(token.renewAt()) && !rejected.equals(Optional.of(token));
  }
}
