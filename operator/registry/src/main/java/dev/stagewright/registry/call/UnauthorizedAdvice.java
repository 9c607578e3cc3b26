package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Access;
import dev.stagewright.registry.auth.Authorization;
import dev.stagewright.registry.auth.Token;
import java.util.Set;
import java.util.stream.Collectors;

/** What the user can do about a 401, by what was sent. */
final class UnauthorizedAdvice {
  private UnauthorizedAdvice() {}

  static String of(Access access, Authorization sent) {
    var registry = access.endpoint().registry();
    return switch (sent) {
      case Authorization.Anonymous _ ->
          "no credentials were sent: give some for " + registry + ", or check the image's name";
      case Authorization.Basic _ -> "check user and password for " + registry;
      case Authorization.Bearer(var _, var byAccount) when !byAccount ->
          "without credentials the repository is not to be had: give some for "
              + registry
              + ", or check the image's name";
      case Authorization.Bearer(var token, var _) -> missing(access, token);
    };
  }

  private static String missing(Access access, Token token) {
    return access.scopes().stream()
        .filter(scope ->
            token
                .granted(scope.repository())
                .filter(granted -> !granted.containsAll(scope.actions()))
                .isPresent())
        .findFirst()
        .map(scope ->
            lacking(scope.repository(), token.granted(scope.repository()).orElse(Set.of())))
        .orElse("check what the account may do in " + access.image().name());
  }

  private static String lacking(String repository, Set<String> granted) {
    return granted.isEmpty()
        ? "the credentials grant nothing in "
            + repository
            + ": the secret is wrong, or the account has no rights there, or there is no such"
            + " project"
        : "in "
            + repository
            + " the account may only "
            + granted.stream().sorted().collect(Collectors.joining(" and "));
  }
}
