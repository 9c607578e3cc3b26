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
 * What the user can do about a 401, by what was sent.
 *
 * @param authenticator knows whether it is the secret that is wrong
 */
record UnauthorizedHint(Authenticator authenticator) {
  Hint of(AuthScope authScope, Account account, Authorization sent) {
    var advice = words(authScope, account, sent);
    var remark = authenticator.remark(authScope);
    return remark.isEmpty() ? advice : new Hint(advice.kind(), advice.words() + "; " + remark);
  }

  private Hint words(AuthScope authScope, Account account, Authorization sent) {
    var registry = authScope.endpoint().registry();
    var origin = account.origin().isEmpty() ? "" : ", of " + account.origin();
    return switch (sent) {
      case Authorization.Anonymous _ when account.credential().isPresent() ->
          Hint.unauthorized(
              "the registry wants user and password, which the account does not have" + origin);
      case Authorization.Anonymous _ ->
          Hint.unauthorized(
              "no credentials were sent: give some for "
                  + registry
                  + ", or check the image's name");
      case Authorization.Basic _ ->
          Hint.unauthorized("check user and password for " + registry + origin);
      case Authorization.Bearer(var _, var byAccount) when !byAccount ->
          Hint.unauthorized(
              "without credentials the repository cannot be used: give some for "
                  + registry
                  + ", or check the image's name");
      case Authorization.Bearer(var token, var _) -> missing(authScope, account, token);
    };
  }

  private Hint missing(AuthScope authScope, Account account, Token token) {
    return authScope.scopes().stream()
        .filter(scope ->
            token
                .granted(scope.repository())
                .filter(granted -> !granted.containsAll(scope.actions()))
                .isPresent())
        .findFirst()
        .map(scope -> lacking(authScope, account, scope.repository(), token))
        .orElseGet(() ->
            Hint.unauthorized("check what the account may do in " + authScope.image().name()));
  }

  private Hint lacking(AuthScope authScope, Account account, String repository, Token token) {
    var origin = " (" + account.origin() + ")";
    var granted = token.granted(repository).orElse(Set.of());
    if (!granted.isEmpty()) {
      var rights = granted.stream().sorted().collect(Collectors.joining(" and "));
      return Hint.denied("in " + repository + " the account may only " + rights + origin);
    }
    var nothing = "the credentials grant nothing in " + repository;
    return authenticator.isSecretRefused(authScope, account)
        ? Hint.unauthorized(
            nothing + ": user or secret is wrong, or the account is disabled or expired" + origin)
        : Hint.denied(
            nothing + ": the account has no rights there, or there is no such project" + origin);
  }
}
