package dev.stagewright.registry.auth;

import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.Endpoint;
import dev.stagewright.registry.http.HttpTransport;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what a request says of who asks.
 *
 * <p>A registry is asked without anything first, and tells in its challenge what it wants. A Bearer
 * challenge is remembered: Harbor answers a token that expired or grants too little with a Basic
 * challenge, where what helps is another token.
 */
public final class Authenticator {
  private final Credentials credentials;
  private final TokenService service;
  private final TokenCache cache;
  private final Map<Endpoint, Challenge> challenges = new ConcurrentHashMap<>();

  /** Uses these credentials, and fetches tokens over this transport. */
  public Authenticator(Credentials credentials, HttpTransport transport, Clock clock) {
    this.credentials = credentials;
    this.service = new TokenService(transport, clock);
    this.cache = new TokenCache(clock);
  }

  /**
   * Who may ask, in the order in which to try them: at least one, which may be nobody in
   * particular. Where there is an account, nothing is asked without one: the kubelet, which pulls
   * the same images, does not either.
   */
  public List<Account> accounts(AuthScope authScope) {
    var accounts = credentials.accounts(authScope.image());
    return accounts.isEmpty() ? List.of(Account.ANONYMOUS) : accounts;
  }

  /** What there is to say of credentials that were not used; empty for nothing. */
  public String remark(AuthScope authScope) {
    return credentials.remark(authScope.image());
  }

  /**
   * Whether an account may do what is needed, as far as a token tells. A registry whose tokens
   * cannot be read, or that has none, has to be asked.
   */
  public boolean mayBeAllowed(AuthScope authScope, Account account) {
    try {
      return !(authorize(authScope, account) instanceof Authorization.Bearer(var token, _))
          || authScope.scopes().stream()
              .allMatch(scope ->
                  token
                      .granted(scope.repository())
                      .map(granted -> granted.containsAll(scope.actions()))
                      .orElse(true));
    } catch (RegistryException e) {
      return e.kind().isTransient();
    }
  }

  /**
   * What is worth sending, by what is known of the registry.
   *
   * @throws RegistryException if there is no getting a token
   */
  public Authorization authorize(AuthScope authScope, Account account) throws RegistryException {
    var known = Optional.ofNullable(challenges.get(authScope.endpoint()));
    return known.isEmpty()
        ? new Authorization.Anonymous()
        : authorize(authScope, account, known.get(), Optional.empty());
  }

  /**
   * What to send after a 401.
   *
   * @param refused what was sent
   * @param offered the challenges of the answer
   * @return empty if there is nothing else to try
   * @throws RegistryException if there is no getting a token
   */
  public Optional<Authorization> renew(
      AuthScope authScope, Account account, Authorization refused, List<Challenge> offered)
      throws RegistryException {
    offered.stream()
        .filter(Challenge.Bearer.class::isInstance)
        .findFirst()
        .ifPresent(bearer -> challenges.put(authScope.endpoint(), bearer));
    offered.stream()
        .filter(Challenge.Basic.class::isInstance)
        .findFirst()
        .ifPresent(basic -> challenges.putIfAbsent(authScope.endpoint(), basic));
    var known = Optional.ofNullable(challenges.get(authScope.endpoint()));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    var token =
        refused instanceof Authorization.Bearer bearer
            ? Optional.of(bearer.token())
            : Optional.<Token>empty();
    var other = authorize(authScope, account, known.get(), token);
    return Optional.of(other).filter(authorization -> !authorization.equals(refused));
  }

  /**
   * Whether the token service says that the secret is wrong. Asked for a token for something,
   * Harbor's gives one that grants nothing, be it for want of rights or for a wrong secret; asked
   * for one for nothing, it tells.
   *
   * @return false as well if it does not answer
   */
  public boolean isSecretRefused(AuthScope authScope, Account account) {
    var challenge = challenges.get(authScope.endpoint());
    if (!(challenge instanceof Challenge.Bearer bearer)) {
      return false;
    }
    try {
      var _ = service.fetch(authScope.endpoint(), bearer, account.credential(), List.of());
      return false;
    } catch (RegistryException e) {
      return e.kind() == ErrorKind.UNAUTHORIZED;
    }
  }

  private Authorization authorize(
      AuthScope authScope, Account account, Challenge challenge, Optional<Token> refused)
      throws RegistryException {
    var credential = account.credential();
    if (credential.orElse(null) instanceof Credential.RegistryToken(var ready)) {
      return new Authorization.Bearer(new Token(ready, Instant.MAX), true);
    }
    return switch (challenge) {
      case Challenge.Basic _ when credential.orElse(null) instanceof Credential.Password password ->
          new Authorization.Basic(password);
      case Challenge.Basic _ -> new Authorization.Anonymous();
      case Challenge.Bearer bearer -> {
        var key = new TokenCache.Key(bearer, credential, authScope.scopes());
        yield new Authorization.Bearer(
            cache.get(
                key,
                refused,
                () -> service.fetch(authScope.endpoint(), bearer, credential, authScope.scopes())),
            credential.isPresent());
      }
    };
  }
}
