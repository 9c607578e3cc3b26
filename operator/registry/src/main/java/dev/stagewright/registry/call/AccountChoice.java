package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Account;
import dev.stagewright.registry.auth.AuthScope;
import dev.stagewright.registry.auth.TokenScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the account that a registry accepted last, by repository and actions: the account that
 * reads a repository may differ from the account that writes it. Thread-safe.
 */
final class AccountChoice {
  private final Map<Use, Account> accepted = new ConcurrentHashMap<>();

  /** A repository and the actions in it. */
  private record Use(String registry, List<TokenScope> scopes) {
    static Use of(AuthScope authScope) {
      return new Use(authScope.endpoint().registry(), authScope.scopes());
    }
  }

  /** Returns the accounts, the last accepted one first. */
  List<Account> order(AuthScope authScope, List<Account> accounts) {
    var last = accepted.get(Use.of(authScope));
    if (last == null || !accounts.contains(last)) {
      return accounts;
    }
    var order = new ArrayList<>(accounts);
    order.remove(last);
    order.addFirst(last);
    return List.copyOf(order);
  }

  /** Records that an account was accepted after others had been rejected. */
  void accept(AuthScope authScope, Account account) {
    accepted.put(Use.of(authScope), account);
  }
}
