package dev.stagewright.registry.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parses the {@code auths} of a Docker config, also in the legacy form {@code .dockercfg}, which
 * lacks that key. Credential helpers are not called, as they are programs of another machine.
 * Unusable entries are kept with the reason, because they matter only to the images that they
 * match.
 */
final class DockerConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String IDENTITY_TOKEN_USER = "<token>";

  /** A config with one of these keys does not have the legacy form. */
  private static final Set<String> SECTIONS =
      Set.of("auths", "credsStore", "credHelpers", "HttpHeaders");

  private static final String HINT =
      "; log in on a machine without a credential helper, or use \"kubectl create secret docker-registry\"";

  private final String name;
  private final List<CredentialEntry> entries = new ArrayList<>();

  private DockerConfig(String name) {
    this.name = name;
  }

  static List<CredentialEntry> parse(String name, byte[] json)
      throws MalformedCredentialsException {
    var config = new DockerConfig(name);
    config.read(json);
    return List.copyOf(config.entries);
  }

  private void read(byte[] json) throws MalformedCredentialsException {
    var root = tree(json);
    var isLegacy = SECTIONS.stream().noneMatch(root::has);
    var auths = isLegacy ? root : root.path("auths");
    if (!auths.isObject() && !auths.isMissingNode()) {
      throw new MalformedCredentialsException(
          name, "not a Docker config: \"auths\" is not an object");
    }
    var store = text(root, "credsStore");
    for (var auth : auths.properties()) {
      add(auth.getKey(), auth.getValue(), store);
    }
    for (var helper : root.path("credHelpers").properties()) {
      var program = helper.getValue().asText();
      addUnusable(
          helper.getKey(),
          "its secret is in the credential helper \"%s\" of the machine that wrote the file%s"
              .formatted(program, HINT));
    }
  }

  private JsonNode tree(byte[] json) throws MalformedCredentialsException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      if (isEncodedTwice(json)) {
        throw new MalformedCredentialsException(
            name, "not a Docker config: the content is base64-encoded twice");
      }
      // The message of the parser would quote the text around the error.
      var line = Optional.ofNullable(e.getLocation()).map(place -> place.getLineNr()).orElse(1);
      throw new MalformedCredentialsException(
          name, "not a Docker config: invalid JSON in line " + line);
    } catch (IOException _) {
      throw new MalformedCredentialsException(name, "not a Docker config: invalid JSON");
    }
    if (!root.isObject()) {
      throw new MalformedCredentialsException(name, "not a Docker config: not a JSON object");
    }
    return root;
  }

  private static boolean isEncodedTwice(byte[] bytes) {
    try {
      return JSON.readTree(Base64.getMimeDecoder().decode(bytes)).isObject();
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }

  private void add(String key, JsonNode auth, String store) {
    if (!auth.isObject()) {
      addUnusable(key, "the entry is not an object");
      return;
    }
    var registryToken = text(auth, "registrytoken");
    var identityToken = text(auth, "identitytoken");
    var encoded = text(auth, "auth");
    var user = text(auth, "username");
    var password = text(auth, "password");
    if (!registryToken.isEmpty()) {
      add(key, new Credential.RegistryToken(registryToken));
    } else if (!identityToken.isEmpty()) {
      add(key, new Credential.IdentityToken(identityToken));
    } else if (!encoded.isEmpty()) {
      addEncoded(key, encoded);
    } else if (!user.isEmpty() && !password.isEmpty()) {
      add(key, credential(user, password));
    } else if (!store.isEmpty()) {
      addUnusable(
          key,
          "its secret is in the credential store \"%s\" of the machine that wrote the file%s"
              .formatted(store, HINT));
    } else {
      addUnusable(key, "the entry has neither \"auth\" nor \"username\" with \"password\"");
    }
  }

  /** Some registries use this user name to pass an identity token as the password. */
  private static Credential credential(String user, String password) {
    return user.equals(IDENTITY_TOKEN_USER)
        ? new Credential.IdentityToken(password)
        : new Credential.Password(user, password);
  }

  private void addEncoded(String key, String encoded) {
    var problem = "its \"auth\" is not base64 of user:password";
    try {
      var pair = new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
      var colon = pair.indexOf(':');
      if (colon <= 0) {
        addUnusable(key, problem);
      } else {
        // A shell's echo appends a line break, which no password contains.
        var password = pair.substring(colon + 1).replaceFirst("[\\r\\n]+$", "");
        add(key, credential(pair.substring(0, colon), password));
      }
    } catch (IllegalArgumentException _) {
      addUnusable(key, problem);
    }
  }

  private void add(String key, Credential credential) {
    entries.add(CredentialEntry.of(key, Optional.of(credential), origin(key)));
  }

  private void addUnusable(String key, String reason) {
    entries.add(
        CredentialEntry.of(key, Optional.empty(), origin(key) + " cannot be used: " + reason));
  }

  private String origin(String key) {
    return name + ", entry \"" + key + "\"";
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).isTextual() ? node.path(field).asText() : "";
  }
}
