package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Access;
import dev.stagewright.registry.auth.Authenticator;
import dev.stagewright.registry.auth.Authorization;
import dev.stagewright.registry.auth.Token;
import dev.stagewright.registry.error.Advice;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the user can do about a 401, by what was sent.
 *
 * @param authenticator knows whether it is the secret that is wrong
 */
record UnauthorizedAdvice(Authenticator authenticator) {
  Advice of(Access access, Authorization sent) {
    var registry = access.endpoint().registry();
    return switch (sent) {
      case Authorization.Anonymous _ ->
          Advice.unauthorized(
              "no credentials were sent: give some for "
                  + registry
                  + ", or check the image's name");
      case Authorization.Basic _ -> Advice.unauthorized("check user and password for " + registry);
      case Authorization.Bearer(var _, var byAccount) when !byAccount ->
          Advice.unauthorized(
              "without credentials the repository is not to be had: give some for "
                  + registry
                  + ", or check the image's name");
      case Authorization.Bearer(var token, var _) -> missing(access, token);
    };
  }

  private Advice missing(Access access, Token token) {
    return access.scopes().stream()
        .filter(scope ->
            token
                .granted(scope.repository())
                .filter(granted -> !granted.containsAll(scope.actions()))
                .isPresent())
        .findFirst()
        .map(scope -> lacking(access, scope.repository(), token))
        .orElseGet(
            () -> Advice.unauthorized("check what the account may do in " + access.image().name()));
  }

  private Advice lacking(Access access, String repository, Token token) {
    var granted = token.granted(repository).orElse(Set.of());
    if (!granted.isEmpty()) {
      var rights = granted.stream().sorted().collect(Collectors.joining(" and "));
      return Advice.denied("in " + repository + " the account may only " + rights);
    }
    var nothing = "the credentials grant nothing in " + repository;
    return authenticator.isSecretRefused(access)
        ? Advice.unauthorized(
            nothing + ": user or secret is wrong, or the account is disabled or expired")
        : Advice.denied(nothing + ": the account has no rights there, or there is no such project");
  }
}
