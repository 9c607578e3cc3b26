package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Account;
import dev.stagewright.registry.auth.AuthScope;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the accounts that were tried for one call were answered. Used by one thread. */
final class AccountFailures {
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Account account, RegistryException failure) {
    boolean isNotFound() {
      return failure.kind() == ErrorKind.NOT_FOUND;
    }

    String words() {
      var answer = failure.response().map(r -> "status " + r.status()).orElse("no token");
      return account.origin() + " (" + answer + ")";
    }
  }

  /**
   * Whether another account may be answered differently. Registries hide from those who may not
   * read it that something is there.
   */
  static boolean isOfAccount(AuthScope authScope, RegistryException failure) {
    return !failure.isSourceFailure()
        && (failure.kind().isAccessDenied() || authScope.isRead() && failure.kind().isNotFound());
  }

  void add(Account account, RegistryException failure) {
    entries.add(new Entry(account, failure));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * One failure for all: that of an account that was let in, and found nothing; else the first.
   *
   * @throws IllegalStateException if there was none
   */
  RegistryException together() {
    var telling =
        entries.stream()
            .filter(Entry::isNotFound)
            .findFirst()
            .orElseGet(entries::getFirst)
            .failure();
    return entries.size() == 1
        ? telling
        : telling.with(
            "no account was accepted of "
                + entries.stream().map(Entry::words).collect(Collectors.joining(", ")));
  }
}
