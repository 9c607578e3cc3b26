package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.secret.SecretSearch;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides whether a value of the config is a secret. */
final class SecretValue {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:.*_)?(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRETS|TOKEN|APIKEY|API_KEY|ACCESS_KEY"
              + "|SECRET_KEY|PRIVATE_KEY|CREDENTIALS?)");

  /** Values that are no secrets: paths, variables, numbers, switches. */
  private static final Pattern ORDINARY =
      Pattern.compile("|/.*|\\$.*|[0-9]{1,6}|true|false|yes|no|on|off|none|null|disabled");

  private static final Pattern URL_PASSWORD =
      Pattern.compile("[a-z][a-z0-9+.-]{1,20}://[^/\\s:@]{0,100}:[^/\\s:@${<]{3,200}@");

  private final SecretSearch search = new SecretSearch();

  /** The kind of secret that a text contains; empty if it has no known form. */
  Optional<String> kind(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var found = search.search("", bytes, bytes.length).stream().findFirst();
    return found
        .map(secret -> secret.kind())
        .or(() ->
            URL_PASSWORD.matcher(text).find()
                ? Optional.of("password in a URL")
                : Optional.empty());
  }

  /**
   * Whether the name of a variable says that it is a secret.
   *
   * @param variable {@code NAME=value}
   */
  boolean isSecretByName(String variable) {
    var equals = variable.indexOf('=');
    if (equals < 0) {
      return false;
    }
    var name = variable.substring(0, equals).toUpperCase(Locale.ROOT);
    var value = variable.substring(equals + 1).trim().toLowerCase(Locale.ROOT);
    return NAME.matcher(name).matches() && !ORDINARY.matcher(value).matches();
  }
}
