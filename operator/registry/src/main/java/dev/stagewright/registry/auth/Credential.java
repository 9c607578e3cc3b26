package dev.stagewright.registry.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A secret that proves to a registry who we are. Its text form is masked. */
public sealed interface Credential {

  /** User and password, or a robot's name and secret. */
  record Password(String user, String password) implements Credential {
    /** The value of an {@code Authorization} header. */
    String basic() {
      var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "Password[***]";
    }
  }

  /** A token that registries take as it is, which something else got for us. */
  record RegistryToken(String token) implements Credential {
    @Override
    public String toString() {
      return "RegistryToken[***]";
    }
  }

  /** A refresh token of OAuth 2, as {@code docker login} gets from some registries. */
  record IdentityToken(String token) implements Credential {
    @Override
    public String toString() {
      return "IdentityToken[***]";
    }
  }
}
