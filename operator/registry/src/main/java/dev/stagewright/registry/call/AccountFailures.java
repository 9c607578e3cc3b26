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
      var answer = failure.answer().map(a -> "status " + a.status()).orElse("no token");
      return account.origin() + " (" + answer + ")";
    }
  }

  /**
   * Whether another account may be answered differently. Registries hide from those who may not
   * read it that something is there.
   */
  static boolean isOfAccount(AuthScope access, RegistryException failure) {
    return !failure.isOfSource() && isOfAccount(access, failure.kind());
  }

  private static boolean isOfAccount(AuthScope access, ErrorKind kind) {
    return switch (kind) {
      case UNAUTHORIZED, DENIED -> true;
      case NOT_FOUND, PROJECT_NOT_FOUND -> access.isRead();
      case PROXY_CACHE,
          QUOTA,
          IMMUTABLE_TAG,
          TOO_LARGE,
          RATE_LIMITED,
          READ_ONLY,
          UNAVAILABLE,
          INVALID,
          DIGEST_MISMATCH ->
          false;
    };
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
