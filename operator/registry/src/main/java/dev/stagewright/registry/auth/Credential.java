package dev.stagewright.registry.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A secret that authenticates an account. Its text form is masked. */
public sealed interface Credential {

  /** A user name and password, or the name and secret of a robot account. */
  record Password(String user, String password) implements Credential {
    /** Returns the value of an {@code Authorization} header. */
    String basic() {
      var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "Password[***]";
    }
  }

  /** A bearer token that was issued by the registry. */
  record RegistryToken(String token) implements Credential {
    @Override
    public String toString() {
      return "RegistryToken[***]";
    }
  }

  /** An OAuth 2 refresh token, which {@code docker login} receives from some registries. */
  record IdentityToken(String token) implements Credential {
    @Override
    public String toString() {
      return "IdentityToken[***]";
    }
  }
}
