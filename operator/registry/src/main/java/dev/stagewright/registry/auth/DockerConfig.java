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

/**
 * The {@code auths} of a Docker config, also in the form of the legacy {@code .dockercfg} without
 * that key. Credential helpers are not asked, as they are programs of another machine.
 */
final class DockerConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String IDENTITY_TOKEN_USER = "<token>";

  private final String name;

  private DockerConfig(String name) {
    this.name = name;
  }

  static List<CredentialEntry> parse(String name, byte[] json)
      throws MalformedCredentialsException {
    return new DockerConfig(name).entries(json);
  }

  private List<CredentialEntry> entries(byte[] json) throws MalformedCredentialsException {
    var root = tree(json);
    var auths = root.has("auths") ? root.get("auths") : root;
    var entries = new ArrayList<CredentialEntry>();
    for (var auth : auths.properties()) {
      credential(auth.getKey(), auth.getValue())
          .map(credential -> CredentialEntry.of(auth.getKey(), credential))
          .ifPresent(entries::add);
    }
    return entries;
  }

  private JsonNode tree(byte[] json) throws MalformedCredentialsException {
    try {
      var root = JSON.readTree(json);
      if (root.isObject()) {
        return root;
      }
      throw new MalformedCredentialsException(name, "not a Docker config: no JSON object");
    } catch (JsonProcessingException e) {
      // The parser's message would quote the text around the error.
      var line = Optional.ofNullable(e.getLocation()).map(place -> place.getLineNr()).orElse(1);
      throw new MalformedCredentialsException(name, "not a Docker config: no JSON, line " + line);
    } catch (IOException _) {
      throw new MalformedCredentialsException(name, "not a Docker config: no JSON");
    }
  }

  private Optional<Credential> credential(String key, JsonNode auth)
      throws MalformedCredentialsException {
    var registryToken = auth.path("registrytoken").asText();
    if (!registryToken.isEmpty()) {
      return Optional.of(new Credential.RegistryToken(registryToken));
    }
    var identityToken = auth.path("identitytoken").asText();
    if (!identityToken.isEmpty()) {
      return Optional.of(new Credential.IdentityToken(identityToken));
    }
    var encoded = auth.path("auth").asText();
    if (!encoded.isEmpty()) {
      return Optional.of(decode(key, encoded));
    }
    var user = auth.path("username").asText();
    var password = auth.path("password").asText();
    return user.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(credential(user, password));
  }

  /** Some registries have an identity token go in the password's place, under this name. */
  private static Credential credential(String user, String password) {
    return user.equals(IDENTITY_TOKEN_USER)
        ? new Credential.IdentityToken(password)
        : new Credential.Password(user, password);
  }

  private Credential decode(String key, String encoded) throws MalformedCredentialsException {
    var problem = "\"auth\" of \"" + key + "\" is not base64 of user:password";
    try {
      var pair = new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
      var colon = pair.indexOf(':');
      if (colon <= 0) {
        throw new MalformedCredentialsException(name, problem);
      }
      return credential(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException _) {
      throw new MalformedCredentialsException(name, problem);
    }
  }
}
