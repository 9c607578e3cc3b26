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
 * The {@code auths} of a Docker config, also in the form of the legacy {@code .dockercfg} without
 * that key. Credential helpers are not asked, as they are programs of another machine. An entry
 * that cannot be used is kept with the reason: it matters only to images that it is for.
 */
final class DockerConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String IDENTITY_TOKEN_USER = "<token>";

  /** A config that has one of these is not in the legacy form. */
  private static final Set<String> SECTIONS =
      Set.of("auths", "credsStore", "credHelpers", "HttpHeaders");

  private static final String HELP =
      "; log in on a machine without it, or use \"kubectl create secret docker-registry\"";

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
          "its secret is with the credential helper \"%s\" of the machine it was written on%s"
              .formatted(program, HELP));
    }
  }

  private JsonNode tree(byte[] json) throws MalformedCredentialsException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      if (isEncodedTwice(json)) {
        throw new MalformedCredentialsException(
            name, "not a Docker config: it was encoded in base64 twice");
      }
      // The parser's message would quote the text around the error.
      var line = Optional.ofNullable(e.getLocation()).map(place -> place.getLineNr()).orElse(1);
      throw new MalformedCredentialsException(name, "not a Docker config: no JSON, line " + line);
    } catch (IOException _) {
      throw new MalformedCredentialsException(name, "not a Docker config: no JSON");
    }
    if (!root.isObject()) {
      throw new MalformedCredentialsException(name, "not a Docker config: no JSON object");
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
      addUnusable(key, "it is not an object");
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
          "its secret is in the credential store \"%s\" of the machine it was written on%s"
              .formatted(store, HELP));
    } else {
      addUnusable(key, "it has neither \"auth\" nor \"username\" with \"password\"");
    }
  }

  /** Some registries have an identity token go in the password's place, under this name. */
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
        // A shell's echo leaves a line break at the end, which no password has.
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

  private void addUnusable(String key, String why) {
    entries.add(CredentialEntry.of(key, Optional.empty(), origin(key) + " cannot be used: " + why));
  }

  private String origin(String key) {
    return name + ", entry \"" + key + "\"";
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).isTextual() ? node.path(field).asText() : "";
  }
}
