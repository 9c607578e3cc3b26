package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Account;
import dev.stagewright.registry.auth.AuthScope;
import dev.stagewright.registry.auth.TokenScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of several accounts a registry took last, by repository and use: who may read one need not
 * be who may write it. Can be used by several threads.
 */
final class AccountChoice {
  private final Map<Use, Account> taken = new ConcurrentHashMap<>();

  /** A repository and what is done there. */
  private record Use(String registry, List<TokenScope> scopes) {
    static Use of(AuthScope authScope) {
      return new Use(authScope.endpoint().registry(), authScope.scopes());
    }
  }

  /** The accounts, that which was taken last first. */
  List<Account> order(AuthScope authScope, List<Account> accounts) {
    var last = taken.get(Use.of(authScope));
    if (last == null || !accounts.contains(last)) {
      return accounts;
    }
    var order = new ArrayList<>(accounts);
    order.remove(last);
    order.addFirst(last);
    return List.copyOf(order);
  }

  /** An account was taken after others had been refused. */
  void took(AuthScope authScope, Account account) {
    taken.put(Use.of(authScope), account);
  }
}
