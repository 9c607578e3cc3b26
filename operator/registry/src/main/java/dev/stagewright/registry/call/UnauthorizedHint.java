package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Account;
import dev.stagewright.registry.auth.AuthScope;
import dev.stagewright.registry.auth.Authenticator;
import dev.stagewright.registry.auth.Authorization;
import dev.stagewright.registry.auth.Token;
import dev.stagewright.registry.error.Hint;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates hints about a 401 response, from the authorization of the request.
 *
 * @param authenticator knows whether the secret is wrong
 */
record UnauthorizedHint(Authenticator authenticator) {
  Hint of(AuthScope authScope, Account account, Authorization authorization) {
    var hint = forAuthorization(authScope, account, authorization);
    var note = authenticator.note(authScope);
    return note.isEmpty() ? hint : new Hint(hint.kind(), hint.text() + "; " + note);
  }

  private Hint forAuthorization(AuthScope authScope, Account account, Authorization authorization) {
    var registry = authScope.endpoint().registry();
    var origin = account.origin().isEmpty() ? "" : ", of " + account.origin();
    return switch (authorization) {
      case Authorization.Anonymous _ when account.credential().isPresent() ->
          Hint.unauthorized(
              "the registry requires user name and password, which the account does not have"
                  + origin);
      case Authorization.Anonymous _ ->
          Hint.unauthorized(
              "no credentials were sent: provide credentials for "
                  + registry
                  + ", or check the image's name");
      case Authorization.Basic _ ->
          Hint.unauthorized("check user name and password for " + registry + origin);
      case Authorization.Bearer(var _, var byAccount) when !byAccount ->
          Hint.unauthorized(
              "the repository requires credentials: provide credentials for "
                  + registry
                  + ", or check the image's name");
      case Authorization.Bearer(var token, var _) -> forToken(authScope, account, token);
    };
  }

  private Hint forToken(AuthScope authScope, Account account, Token token) {
    return authScope.scopes().stream()
        .filter(scope ->
            token
                .granted(scope.repository())
                .filter(granted -> !granted.containsAll(scope.actions()))
                .isPresent())
        .findFirst()
        .map(scope -> missingPermission(authScope, account, scope.repository(), token))
        .orElseGet(() ->
            Hint.unauthorized(
                "check the permissions of the account in " + authScope.image().name()));
  }

  private Hint missingPermission(
      AuthScope authScope, Account account, String repository, Token token) {
    var origin = " (" + account.origin() + ")";
    var granted = token.granted(repository).orElse(Set.of());
    if (!granted.isEmpty()) {
      var rights = granted.stream().sorted().collect(Collectors.joining(" and "));
      return Hint.denied("in " + repository + " the account may only " + rights + origin);
    }
    var message = "the credentials grant nothing in " + repository;
    return authenticator.isSecretRejected(authScope, account)
        ? Hint.unauthorized(
            message
                + ": the user name or the secret is wrong, or the account is disabled or expired"
                + origin)
        : Hint.denied(
            message
                + ": the account has no permissions there, or the project does not exist"
                + origin);
  }
}
