package dev.stagewright.analysis.leak;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Recognizes files with credentials by their path. */
final class CredentialFiles {
  /** How sure a name is. */
  enum Match {
    /** Such a file exists only to hold credentials. */
    CREDENTIALS,
    /** Such a file often holds credentials. */
    OFTEN,
    /** Such a file can hold credentials, which are recognized by their form. */
    SOMETIMES,
    NONE
  }

  private static final Set<String> CREDENTIAL_NAMES =
      Set.of(
          ".git-credentials",
          ".netrc",
          "_netrc",
          ".pgpass",
          ".vault-token",
          "id_rsa",
          "id_dsa",
          "id_ecdsa",
          "id_ed25519",
          "kubeconfig",
          "application_default_credentials.json");

  private static final List<String> CREDENTIAL_PATHS =
      List.of(
          ".aws/credentials",
          ".kube/config",
          ".cargo/credentials",
          ".cargo/credentials.toml",
          ".gem/credentials",
          ".config/gh/hosts.yml",
          ".config/gcloud/credentials.db",
          ".config/gcloud/access_tokens.db",
          ".azure/accessTokens.json",
          ".azure/msal_token_cache.json",
          ".azure/msal_token_cache.bin",
          ".config/git/credentials",
          ".config/containers/auth.json");

  private static final Pattern OFTEN =
      Pattern.compile(
          "\\.env|\\.env\\.(?:local|prod|production|dev|development|staging|test)"
              + "|\\.htpasswd|terraform\\.tfstate|.+\\.tfvars"
              + "|(?:.*[-_])?service[-_]?account.*\\.json"
              + "|.+\\.(?:p12|pfx|kdbx)|secrets?\\.(?:ya?ml|json|toml|properties)");

  private static final Set<String> SOMETIMES_NAMES =
      Set.of(".npmrc", ".pypirc", ".dockercfg", ".yarnrc.yml");

  private static final List<String> SOMETIMES_PATHS =
      List.of(".docker/config.json", ".m2/settings.xml", ".composer/auth.json");

  /** All files of an image are looked up, so not each path is compared with each of these. */
  private static final Map<String, List<String>> CREDENTIAL_PATHS_BY_NAME =
      byName(CREDENTIAL_PATHS);

  private static final Map<String, List<String>> SOMETIMES_PATHS_BY_NAME = byName(SOMETIMES_PATHS);

  private CredentialFiles() {}

  private static Map<String, List<String>> byName(List<String> paths) {
    return paths.stream().collect(Collectors.groupingBy(CredentialFiles::name));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static Match match(String path) {
    var name = name(path);
    if (CREDENTIAL_NAMES.contains(name) || hasEnd(path, name, CREDENTIAL_PATHS_BY_NAME)) {
      return Match.CREDENTIALS;
    }
    // All names of the pattern have a dot.
    if (name.indexOf('.') >= 0 && OFTEN.matcher(name).matches()) {
      return Match.OFTEN;
    }
    return SOMETIMES_NAMES.contains(name) || hasEnd(path, name, SOMETIMES_PATHS_BY_NAME)
        ? Match.SOMETIMES
        : Match.NONE;
  }

  private static boolean hasEnd(String path, String name, Map<String, List<String>> ends) {
    return ends.getOrDefault(name, List.of()).stream()
        .anyMatch(end -> path.equals(end) || path.endsWith("/" + end));
  }
}
