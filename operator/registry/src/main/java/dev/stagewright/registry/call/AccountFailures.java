package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Account;
import dev.stagewright.registry.auth.AuthScope;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects the failures of the accounts that were tried for one call. Not thread-safe. */
final class AccountFailures {
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Account account, RegistryException failure) {
    boolean isNotFound() {
      return failure.kind() == ErrorKind.NOT_FOUND;
    }

    String description() {
      var status = failure.response().map(r -> "status " + r.status()).orElse("no token");
      return account.origin() + " (" + status + ")";
    }
  }

  /**
   * Whether another account may succeed. Registries report objects that an account may not read as
   * not found.
   */
  static boolean dependsOnAccount(AuthScope authScope, RegistryException failure) {
    return !failure.isSourceFailure()
        && (failure.kind().isAccessDenied() || (authScope.isRead() && failure.kind().isNotFound()));
  }

  void add(Account account, RegistryException failure) {
    entries.add(new Entry(account, failure));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * Combines all failures into one: the failure of an account that was accepted but found nothing,
   * else the first failure.
   *
   * @throws java.util.NoSuchElementException if there are no failures
   */
  RegistryException combined() {
    var main =
        entries.stream()
            .filter(Entry::isNotFound)
            .findFirst()
            .orElseGet(entries::getFirst)
            .failure();
    return entries.size() == 1
        ? main
        : main.withDetail(
            "none of the accounts was accepted: "
                + entries.stream().map(Entry::description).collect(Collectors.joining(", ")));
  }
}
