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
 * Chooses the authorization of requests.
 *
 * <p>The first request to a registry carries no authorization; the challenge in its response says
 * what the registry requires. A Bearer challenge is remembered: Harbor responds to an expired or
 * insufficient token with a Basic challenge, although the client needs a new token.
 */
public final class Authenticator {
  private final Credentials credentials;
  private final TokenService service;
  private final TokenCache cache;
  private final Map<Endpoint, Challenge> challenges = new ConcurrentHashMap<>();

  /**
   * Creates an authenticator that fetches tokens over this transport.
   *
   * @param cache the tokens, which several authenticators can share
   */
  public Authenticator(
      Credentials credentials, HttpTransport transport, TokenCache cache, Clock clock) {
    this.credentials = credentials;
    this.service = new TokenService(transport, clock);
    this.cache = cache;
  }

  /**
   * Returns the accounts for a call, in the order in which to try them. The list has at least one
   * element, which may be anonymous. If accounts exist, anonymous access is not tried, like in the
   * kubelet, which pulls the same images.
   */
  public List<Account> accounts(AuthScope authScope) {
    var accounts = credentials.accounts(authScope.image());
    return accounts.isEmpty() ? List.of(Account.ANONYMOUS) : accounts;
  }

  /** Returns a note for error messages about credentials that were not used; empty for none. */
  public String note(AuthScope authScope) {
    return credentials.note(authScope.image());
  }

  /**
   * Whether an account may have the required permissions, judged by its token. Returns true if the
   * registry has no tokens, or its tokens are opaque.
   */
  public boolean mayHavePermissions(AuthScope authScope, Account account) {
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
   * Returns the authorization for a first request, from what is known of the registry.
   *
   * @throws RegistryException if the token service does not return a token
   */
  public Authorization authorize(AuthScope authScope, Account account) throws RegistryException {
    var challenge = Optional.ofNullable(challenges.get(authScope.endpoint()));
    return challenge.isEmpty()
        ? new Authorization.Anonymous()
        : authorize(authScope, account, challenge.get(), Optional.empty());
  }

  /**
   * Returns the authorization to retry with after a 401 response.
   *
   * @param rejected the authorization of the rejected request
   * @param offered the challenges of the response
   * @return empty if there is no other authorization to try
   * @throws RegistryException if the token service does not return a token
   */
  public Optional<Authorization> renew(
      AuthScope authScope, Account account, Authorization rejected, List<Challenge> offered)
      throws RegistryException {
    offered.stream()
        .filter(Challenge.Bearer.class::isInstance)
        .findFirst()
        .ifPresent(bearer -> challenges.put(authScope.endpoint(), bearer));
    offered.stream()
        .filter(Challenge.Basic.class::isInstance)
        .findFirst()
        .ifPresent(basic -> challenges.putIfAbsent(authScope.endpoint(), basic));
    var challenge = Optional.ofNullable(challenges.get(authScope.endpoint()));
    if (challenge.isEmpty()) {
      return Optional.empty();
    }
    var token =
        rejected instanceof Authorization.Bearer bearer
            ? Optional.of(bearer.token())
            : Optional.<Token>empty();
    var renewed = authorize(authScope, account, challenge.get(), token);
    return Optional.of(renewed).filter(authorization -> !authorization.equals(rejected));
  }

  /**
   * Whether the token service rejects the secret itself. If a token for a repository is requested,
   * Harbor returns a token without permissions both for missing permissions and for a wrong secret.
   * If a token without scopes is requested, Harbor rejects a wrong secret.
   *
   * @return false also if the token service does not respond
   */
  public boolean isSecretRejected(AuthScope authScope, Account account) {
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
      AuthScope authScope, Account account, Challenge challenge, Optional<Token> rejected)
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
                rejected,
                () -> service.fetch(authScope.endpoint(), bearer, credential, authScope.scopes())),
            credential.isPresent());
      }
    };
  }
}
