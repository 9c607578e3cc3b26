package dev.stagewright.registry.auth;

import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Caches tokens, and refusals of token services. Clients of one process can share a cache: parallel
 * transfers request a token once, and a wrong password is not sent again, since services lock
 * accounts after some attempts. Thread-safe.
 */
public final class TokenCache {
  private final Clock clock;
  private final Map<Requester, Tokens> requesters = new ConcurrentHashMap<>();

  /** Creates an empty cache. */
  public TokenCache(Clock clock) {
    this.clock = clock;
  }

  /** The scopes and the account of a token. */
  record Key(
      Challenge.Bearer challenge, Optional<Credential> credential, List<TokenScope> scopes) {}

  private record Requester(Challenge.Bearer challenge, Optional<Credential> credential) {}

  @FunctionalInterface
  interface Fetch {
    Token fetch() throws RegistryException;
  }

  /**
   * Returns the cached token, or a new one.
   *
   * @param rejected a token that the registry rejected; empty if none was tried
   * @throws RegistryException if the service returns no token, or has refused one with a part of
   *     the scopes before
   */
  Token get(Key key, Optional<Token> rejected, Fetch fetch) throws RegistryException {
    return requesters
        .computeIfAbsent(new Requester(key.challenge(), key.credential()), _ -> new Tokens(clock))
        .get(key.scopes(), rejected, fetch);
  }

  /** The tokens of one account. */
  private static final class Tokens {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<List<TokenScope>, Token> tokens = new HashMap<>();
    private final Map<List<TokenScope>, RegistryException> refusals = new HashMap<>();

    Tokens(Clock clock) {
      this.clock = clock;
    }

    Token get(List<TokenScope> scopes, Optional<Token> rejected, Fetch fetch)
        throws RegistryException {
      lock.lock();
      try {
        var cached =
            Optional.ofNullable(tokens.get(scopes)).filter(token -> isUsable(token, rejected));
        if (cached.isPresent()) {
          return cached.get();
        }
        for (var refused : refusals.entrySet()) {
          if (includes(scopes, refused.getKey())) {
            throw refused.getValue();
          }
        }
        var token = fetch(scopes, fetch);
        tokens.put(scopes, token);
        return token;
      } finally {
        lock.unlock();
      }
    }

    private Token fetch(List<TokenScope> scopes, Fetch fetch) throws RegistryException {
      try {
        return fetch.fetch();
      } catch (RegistryException e) {
        if (e.kind() == ErrorKind.UNAUTHORIZED) {
          refusals.put(scopes, e);
        }
        throw e;
      }
    }

    private boolean isUsable(Token token, Optional<Token> rejected) {
      return clock.instant().isBefore(token.renewAt()) && !rejected.equals(Optional.of(token));
    }

    /** Some services refuse an account because of a scope, so others are requested. */
    private static boolean includes(List<TokenScope> scopes, List<TokenScope> refused) {
      return refused.stream()
          .allMatch(part ->
              scopes.stream()
                  .anyMatch(scope ->
                      scope.repository().equals(part.repository())
                          && new HashSet<>(scope.actions()).containsAll(part.actions())));
    }
  }
}
