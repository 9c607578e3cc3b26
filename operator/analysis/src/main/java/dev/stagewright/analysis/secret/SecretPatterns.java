package dev.stagewright.analysis.secret;

import static dev.stagewright.analysis.secret.SecretPattern.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The secrets that are looked for: those that their form identifies, so that ordinary text is never
 * one. All quantifiers have limits, because files can be hostile.
 */
final class SecretPatterns {
  private static final String PEM_BODY =
      // At once, or after the headers of an encrypted key of the old form.
      "-----(?:\\s|\\\\[rn]){1,4}([A-Za-z0-9+/=]{60,100})";

  private SecretPatterns() {}

  /** All patterns. */
  static List<SecretPattern> all() {
    var all = new ArrayList<SecretPattern>();
    all.addAll(privateKeys());
    all.addAll(clouds());
    all.addAll(forges());
    all.addAll(services());
    all.addAll(files());
    for (var before : List.of("\"", "'", "=", " ", ":")) {
      // The search takes longer steps if the shortest text has four characters.
      all.add(token("sendgrid-api-token", before + "SG.", "[\\w-]{22}\\.[\\w-]{43}"));
      all.add(token("huggingface-access-token", before + "hf_", "[A-Za-z]{34}"));
    }
    return all;
  }

  private static List<SecretPattern> privateKeys() {
    var keys = new ArrayList<SecretPattern>();
    for (var name : List.of("", "RSA ", "EC ", "DSA ", "OPENSSH ")) {
      keys.add(anywhere("private-key", "-----BEGIN " + name + "PRIVATE KEY", PEM_BODY));
    }
    keys.add(
        anywhere(
            "private-key",
            "-----BEGIN PGP PRIVATE KEY BLOCK",
            "-----\\s{1,4}(?:[A-Z][a-z]+: .{0,200}\\s{1,4}){0,4}\\s{0,4}([A-Za-z0-9+/=]{60,100})"));
    keys.add(anywhere("encrypted-private-key", "-----BEGIN ENCRYPTED PRIVATE KEY", PEM_BODY));
    keys.add(
        anywhere(
            "encrypted-private-key",
            "Proc-Type: 4,ENCRYPTED",
            "\\s{1,4}DEK-Info: \\S{4,60}\\s{1,6}([A-Za-z0-9+/=]{60,100})"));
    keys.add(token("age-secret-key", "AGE-SECRET-KEY-1", "[AC-HJ-NP-Z02-9]{58}"));
    return keys;
  }

  private static List<SecretPattern> clouds() {
    var secretKey = "[\"']?\\s{0,4}[=:]\\s{0,4}[\"']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])";
    return List.of(
        token("aws-access-token", "AKIA", "[A-Z2-7]{16}"),
        anywhere("aws-secret-access-key", "aws_secret_access_key", secretKey),
        anywhere("aws-secret-access-key", "AWS_SECRET_ACCESS_KEY", secretKey),
        anywhere("aws-secret-access-key", "SecretAccessKey", secretKey),
        token("gcp-api-key", "AIza", "[\\w-]{35}"),
        anywhere("azure-storage-key", "AccountKey=", "([A-Za-z0-9+/]{86}==)"),
        token("digitalocean-pat", "dop_v1_", "[a-f0-9]{64}"),
        token("vault-service-token", "hvs.", "[\\w-]{90,120}"),
        anywhere(
            "kubernetes-client-key", "client-key-data:", "\\s{1,4}(LS0t[A-Za-z0-9+/]{200,400})"));
  }

  private static List<SecretPattern> forges() {
    return List.of(
        token("github-pat", "ghp_", "[A-Za-z0-9]{36}"),
        token("github-oauth", "gho_", "[A-Za-z0-9]{36}"),
        token("github-app-token", "ghu_", "[A-Za-z0-9]{36}"),
        token("github-app-token", "ghs_", "[A-Za-z0-9]{36}"),
        token("github-refresh-token", "ghr_", "[A-Za-z0-9]{36,76}"),
        token("github-fine-grained-pat", "github_pat_", "\\w{82}"),
        token("gitlab-pat", "glpat-", "[\\w-]{20,60}(?:\\.[a-z0-9]{2}\\.[a-z0-9]{9})?"),
        token("gitlab-deploy-token", "gldt-", "[\\w-]{20,60}"),
        token("gitlab-runner-authentication-token", "glrt-", "[\\w-]{20,60}"),
        token("npm-access-token", "npm_", "[A-Za-z0-9]{36}"),
        token("pypi-upload-token", "pypi-AgEI", "[\\w-]{50,1000}"),
        token("docker-pat", "dckr_pat_", "[\\w-]{27,40}"));
  }

  private static List<SecretPattern> services() {
    return List.of(
        token("slack-bot-token", "xoxb-", "\\d{9,14}-\\d{9,14}-[A-Za-z0-9-]{18,40}"),
        token("slack-user-token", "xoxp-", "\\d{9,14}-\\d{9,14}-[A-Za-z0-9-]{18,60}"),
        token("slack-webhook-url", "hooks.slack.com/services/", "T\\w{8,12}/B\\w{8,12}/\\w{24}"),
        token("stripe-access-token", "sk_live_", "[A-Za-z0-9]{24,99}"),
        token("stripe-access-token", "rk_live_", "[A-Za-z0-9]{24,99}"),
        token("openai-api-key", "sk-proj-", "[\\w-]{20,74}T3BlbkFJ[\\w-]{20,74}"),
        token("anthropic-api-key", "sk-ant-api03-", "[\\w-]{93}AA"),
        jwt("eyJhbGci"),
        jwt("eyJ0eXAi"),
        jwt("eyJraWQi"));
  }

  private static SecretPattern jwt(String start) {
    return token("jwt", start, "[\\w-]{8,2000}+\\.eyJ[\\w-]{17,3000}+\\.[\\w-]{20,1000}+");
  }

  /** Files whose names tell that they contain secrets. */
  private static List<SecretPattern> files() {
    var login = "([^\\s:/@]{1,100}:[^\\s/@]{3,200})@";
    return List.of(
        in(".git-credentials", "git-credentials", "https://", login),
        in(".git-credentials", "git-credentials", "http://", login),
        in(".config/git/credentials", "git-credentials", "https://", login),
        in(".git/config", "git-credentials", "https://", login),
        in("pip.conf", "pip-credentials", "https://", login),
        in(".netrc", "netrc", "password", "\\s{1,10}(\\S{3,200})"),
        in("_netrc", "netrc", "password", "\\s{1,10}(\\S{3,200})"),
        in(".pypirc", "pypirc", "password", "\\s{0,4}[=:]\\s{0,4}(\\S{3,200})"),
        in(".npmrc", "npmrc", "_authToken", "\\s{0,4}=\\s{0,4}(\\S{8,200})"),
        in(".npmrc", "npmrc", "_auth", "\\s{0,4}=\\s{0,4}(\\S{8,200})"),
        in(".npmrc", "npmrc", "_password", "\\s{0,4}=\\s{0,4}(\\S{3,200})"),
        in(".docker/config.json", "docker-auth", "\"auth\"", dockerAuth()),
        in(".dockerconfigjson", "docker-auth", "\"auth\"", dockerAuth()),
        in(".dockercfg", "docker-auth", "\"auth\"", dockerAuth()));
  }

  private static String dockerAuth() {
    return "\\s{0,8}:\\s{0,8}\"([A-Za-z0-9+/=_-]{8,2000})\"";
  }

  private static SecretPattern anywhere(String kind, String start, String rest) {
    return new SecretPattern(kind, start, Pattern.compile(rest), _ -> true);
  }

  private static SecretPattern in(String name, String kind, String start, String rest) {
    Predicate<String> where = path -> path.equals(name) || path.endsWith("/" + name);
    return new SecretPattern(kind, start, Pattern.compile(rest), where);
  }
}
